package dev.palette.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How methods join: worked by hand on ones, where a linear layer of n inputs gives n + 1. */
class CompositionTest {
    private static final BertConfig ENCODER = new BertConfig(10, 8, 2, 2, 16, 12, 2, 0, 0, 1e-12);
    private static final List<String> TASKS = List.of("rte");

    private Kernel kernel;
    private NDArray h;
    private LayerContext context;

    @BeforeEach
    void onOnes() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
        h = kernel.memory().ones(new Shape(3, 8));
        context = new LayerContext(kernel.ops(), Layout.packed(new int[] {3}, kernel.memory()));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private LayerAdapter joined(Adapter adapter) {
        return adapter.inLayer(1, "rte", ones(adapter));
    }

    /** Every parameter at one; those that start at zero stay there if they are LHUC's. */
    private ParameterSource ones(Adapter adapter) {
        Map<String, NDArray> tensors = new HashMap<>();
        for (Declaration d : adapter.parameters(ENCODER, TASKS)) {
            Shape shape =
                    new Shape(d.shape().stream().mapToLong(Integer::longValue).toArray());
            tensors.put(
                    d.name(),
                    d.name().contains("lhuc")
                            ? kernel.memory().zeros(shape)
                            : kernel.memory().ones(shape));
        }
        return name -> Objects.requireNonNull(tensors.get(name), name);
    }

    private static Residual residual(NDArray output, NDArray input) {
        return new Residual(output, input, input, null);
    }

    private static void is(@Nullable NDArray tensor, double value) {
        assertThat(Objects.requireNonNull(tensor).toFloatArray())
                .containsOnly(new float[] {(float) value}, within(1e-3f));
    }

    @Test
    void lowRankLayersAreAddedUp() {
        is(joined(new LowRank(4)).parallel(h, context), 4 * 9 + 1);
        is(joined(new LowRank(4).plus(new LowRank(2))).parallel(h, context), 4 * 9 + 1 + 2 * 9 + 1);
    }

    @Test
    void houlsbyKeepsWhatItReadsAndAddsToIt() {
        LayerAdapter houlsby = joined(new Houlsby(4));
        is(houlsby.afterAttention(residual(h, h), context), 1 + 37);
        assertThat(houlsby.parallel(h, context)).isNull();
    }

    @Test
    void houlsbysSecondAdapterReadsTheInputOfTheFeedForwardPart() {
        NDArray fed = kernel.memory().zeros(new Shape(3, 8));
        is(joined(new Houlsby(4)).afterFeedForward(residual(fed, h), context), 37);
        is(joined(new Houlsby(4, new Pal(4, 2))).afterFeedForward(residual(fed, h), context), 149);
        is(joined(new Houlsby(4, new Shared())).afterFeedForward(residual(fed, h), context), 0);
    }

    @Test
    void twoHoulsbysAreAppliedOneAfterTheOther() {
        is(
                joined(new Houlsby(4).plus(new Houlsby(4))).afterAttention(residual(h, h), context),
                38 + (4 * (8 * 38 + 1) + 1));
    }

    @Test
    void lhucStartsWithAllContributionsAsTheyAre() {
        is(joined(new Lhuc()).output(h, context), 1);
        is(joined(new Lhuc(new LowRank(4))).parallel(h, context), 37);
    }

    @Test
    void lhucScalesTheLayersOutputOrWhatAnotherMethodAdds() {
        NDArray ln3 = kernel.memory().full(new Shape(8), (float) Math.log(3)); // 2 σ(ln 3) = 1.5
        Lhuc alone = new Lhuc();
        Lhuc ofLowRank = new Lhuc(new LowRank(4));
        ParameterSource parameters = ones(ofLowRank);
        ParameterSource scaled = name -> name.contains("lhuc") ? ln3 : parameters.get(name);

        is(alone.inLayer(1, "rte", scaled).output(h, context), 1.5);
        assertThat(alone.inLayer(1, "rte", scaled).parallel(h, context)).isNull();
        is(ofLowRank.inLayer(1, "rte", scaled).parallel(h, context), 1.5 * 37);
        assertThat(ofLowRank.inLayer(1, "rte", scaled).output(h, context)).isSameAs(h);
    }

    @Test
    void whereNothingIsAddedNothingIsCalled() {
        Adapter sum = new Shared().plus(new TopLayer());
        assertThat(sum.inLayer(0, "rte", ones(sum))).isSameAs(LayerAdapter.NONE);
        assertThat(new Pal(4, 2).onTop(ENCODER, "rte", ones(new Pal(4, 2)))).isNull();
    }

    @Test
    void twoMethodsOnTopAreAppliedOneAfterTheOther() {
        Adapter one = new TopAttention(4, 1, 2);
        Adapter two = one.plus(one);
        // The norm of equal values is the shift, 1; the projection up gives 4 · 1 + 1.
        is(Objects.requireNonNull(one.onTop(ENCODER, "rte", ones(one))).apply(h, context), 5);
        is(Objects.requireNonNull(two.onTop(ENCODER, "rte", ones(two))).apply(h, context), 5);
        assertThat(two.parameters(ENCODER, TASKS).stream().map(Declaration::name))
                .contains("adapter.topAttention.rte.up.bias", "adapter.2.topAttention.rte.up.bias");
    }

    @Test
    void theFirstOfAKindKeepsItsNamesWhereverItStands() {
        Adapter sum = new LowRank(3).plus(new Lhuc(new LowRank(3))).plus(new Pal(6, 6));
        assertThat(sum.parameters(ENCODER, TASKS).stream().map(Declaration::name))
                .contains(
                        "adapter.lowRank.rte.layer.0.down.weight",
                        "adapter.2.lowRank.rte.layer.0.down.weight",
                        "adapter.2.lhuc.rte.layer.0",
                        "adapter.pal.rte.down.weight");
    }

    @Test
    void tasksOfAGroupComputeWithTheSameParameters() {
        Adapter common = Common.of(c -> c.of(new LowRank(3)).groups("rte, qnli"));
        List<Declaration> declared = common.parameters(ENCODER, List.of("cola", "rte", "qnli"));
        assertThat(declared.stream().filter(d -> d.name().endsWith("layer.0.down.bias")))
                .extracting(Declaration::name, Declaration::task)
                .containsExactly(
                        tuple("adapter.lowRank.cola.layer.0.down.bias", "cola"),
                        tuple("adapter.lowRank.rte+qnli.layer.0.down.bias", null));
        List<String> read = new ArrayList<>();
        ParameterSource noting = name -> {
            read.add(name);
            return h;
        };
        common.inLayer(0, "rte", noting);
        common.inLayer(0, "qnli", noting);
        assertThat(read.subList(0, 4)).isEqualTo(read.subList(4, 8)).allMatch(name -> name.contains("rte+qnli"));
        assertThat(common.label()).isEqualTo("low rank(3) by rte+qnli");
    }

    @Test
    void aGroupOfTasksThatAreNotThereIsAnError() {
        assertThatThrownBy(() ->
                        Common.of(c -> c.of(new Lhuc()).groups("rte, wnli")).parameters(ENCODER, TASKS))
                .hasMessage("groups has 'wnli', but the tasks are rte");
        assertThatThrownBy(() -> Common.of(c -> c.of(new Lhuc()).groups("rte, qnli", "rte, qqp")))
                .hasMessage("groups has 'rte' twice, expected a task in one group at most");
    }

    @Test
    void aSumOfSumsIsOneSum() {
        Adapter sum = new Pal(6, 6).plus(new LowRank(3)).plus(new Lhuc().plus(new TopLayer()));
        assertThat(sum.parts()).containsExactly(new Pal(6, 6), new LowRank(3), new Lhuc(), new TopLayer());
        assertThat(sum.label()).isEqualTo("PALs(6) + low rank(3) + LHUC + top BERT layer");
    }

    @Test
    void aSumOfOneIsAnError() {
        assertThatThrownBy(() -> new Composed(List.of(new Shared())))
                .isInstanceOf(PaletteException.class)
                .hasMessage("composed: of has 1 adapter, expected two or more");
    }

    @Test
    void aTopSizeThatTheHeadsCannotShareIsAnError() {
        assertThatThrownBy(() -> TopAttention.of(t -> t.size(100)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("topAttention: size 100 is not a multiple of heads 12: each head takes an equal share");
    }
}
