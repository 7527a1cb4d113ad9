package dev.palette.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That PALs compute what the original computes is held by the golden tests of the model. */
class PalTest {
    private static final BertConfig TWO_LAYERS = new BertConfig(10, 8, 2, 2, 16, 12, 2, 0, 0, 1e-12);

    @Test
    void aTasksLayersShareItsProjectionsAndHaveAttentionOfTheirOwn() {
        List<Declaration> declared = new Pal(4, 2).parameters(TWO_LAYERS, List.of("rte"));
        assertThat(declared.stream().map(d -> d.name() + " " + d.shape()))
                .containsExactly(
                        "adapter.pal.rte.down.weight [4, 8]",
                        "adapter.pal.rte.down.bias [4]",
                        "adapter.pal.rte.up.weight [8, 4]",
                        "adapter.pal.rte.up.bias [8]",
                        "adapter.pal.rte.layer.0.query.weight [4, 4]",
                        "adapter.pal.rte.layer.0.query.bias [4]",
                        "adapter.pal.rte.layer.0.key.weight [4, 4]",
                        "adapter.pal.rte.layer.0.key.bias [4]",
                        "adapter.pal.rte.layer.0.value.weight [4, 4]",
                        "adapter.pal.rte.layer.0.value.bias [4]",
                        "adapter.pal.rte.layer.1.query.weight [4, 4]",
                        "adapter.pal.rte.layer.1.query.bias [4]",
                        "adapter.pal.rte.layer.1.key.weight [4, 4]",
                        "adapter.pal.rte.layer.1.key.bias [4]",
                        "adapter.pal.rte.layer.1.value.weight [4, 4]",
                        "adapter.pal.rte.layer.1.value.bias [4]");
    }

    @Test
    void everyParameterBelongsToItsTask() {
        List<Declaration> declared = new Pal(4, 2).parameters(TWO_LAYERS, List.of("rte", "cola"));
        assertThat(declared).hasSize(32).allSatisfy(d -> assertThat(d.name()).startsWith("adapter.pal." + d.task()));
    }

    @Test
    void aPalJoinsItsLayerInParallelAndNowhereElse() {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            Pal pal = new Pal(4, 2);
            Map<String, NDArray> ones = pal.parameters(TWO_LAYERS, List.of("rte")).stream()
                    .collect(Collectors.toMap(
                            Declaration::name,
                            d -> kernel.memory()
                                    .ones(new Shape(d.shape().stream()
                                            .mapToLong(Integer::longValue)
                                            .toArray()))));
            NDArray h = kernel.memory().ones(new Shape(3, 8));
            LayerContext c = new LayerContext(kernel.ops(), Layout.packed(new int[] {3}, kernel.memory()));
            LayerAdapter joined = pal.inLayer(1, "rte", ones::get);

            // Down: 8 + 1 = 9. Attention over equal positions is the value projection: 4 · 9 + 1 = 37. Up: 4 · 37 + 1.
            assertThat(joined.parallel(h, c)).isNotNull().satisfies(added -> {
                assertThat(added.getShape()).isEqualTo(new Shape(3, 8));
                assertThat(added.toFloatArray()).containsOnly(new float[] {149}, within(1e-3f));
            });
            assertThat(joined.afterAttention(new Residual(h, h, h, null), c)).isSameAs(h);
            assertThat(joined.afterFeedForward(new Residual(h, h, h, null), c)).isSameAs(h);
            assertThat(joined.output(h, c)).isSameAs(h);
        }
    }

    @Test
    void aSizeThatTheHeadsCannotShareIsAnError() {
        assertThatThrownBy(() -> Pal.of(p -> p.size(200)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("pal: size 200 is not a multiple of heads 6: each head takes an equal share");
    }

    @Test
    void untiedEveryLayerHasProjectionsOfItsOwn() {
        assertThat(new Pal(4, 2, false, List.of())
                        .parameters(TWO_LAYERS, List.of("rte")).stream()
                                .map(Declaration::name)
                                .filter(name -> name.endsWith("down.weight")))
                .containsExactly("adapter.pal.rte.layer.0.down.weight", "adapter.pal.rte.layer.1.down.weight");
    }

    @Test
    void layersLeftOutGetNothing() {
        Pal upper = new Pal(4, 2, true, List.of(1));
        assertThat(upper.parameters(TWO_LAYERS, List.of("rte")).stream().map(Declaration::name))
                .contains("adapter.pal.rte.down.weight", "adapter.pal.rte.layer.1.query.weight")
                .noneMatch(name -> name.contains("layer.0"));
        assertThat(upper.inLayer(0, "rte", name -> {
                    throw new AssertionError("layer 0 has no parameter " + name);
                }))
                .isSameAs(LayerAdapter.NONE);
    }

    @Test
    void aLayerThatTheEncoderLacksIsAnError() {
        assertThatThrownBy(() -> Pal.of(p -> p.layers(1, 2)).parameters(TWO_LAYERS, List.of("rte")))
                .isInstanceOf(PaletteException.class)
                .hasMessage("layers has 2, but the encoder's 2 layers are 0 to 1");
    }

    @Test
    void theLabelSaysWhatIsNotUsual() {
        assertThat(new Pal(276, 12, false, List.of(6, 7, 8)).label())
                .isEqualTo("PALs(276, heads 12, untied, layers 6-8)");
        assertThat(new Pal(204, 6, true, List.of(3, 1)).label()).isEqualTo("PALs(204, layers 1, 3)");
    }

    @Test
    void sizeAndHeadsStartAtOne() {
        assertThatThrownBy(() -> Pal.of(p -> p.size(0)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("size is 0, expected a whole number of at least 1");
        assertThatThrownBy(() -> Pal.of(p -> p.heads(-6)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("heads is -6, expected a whole number of at least 1");
    }

    @Test
    void withoutOptionsItIsThePapers() {
        assertThat(new Pal.Options().build()).isEqualTo(new Pal(204, 6));
        assertThat(new Pal(204, 6).label()).isEqualTo("PALs(204)");
    }
}
