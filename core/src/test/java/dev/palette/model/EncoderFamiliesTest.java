package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Shared;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.testing.EncoderGolden;
import dev.palette.testing.SmallAdapters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Encoders of every family compute what {@code transformers} computes with the same weights, and learn with every adapter. */
class EncoderFamiliesTest {
    private static final List<String> FAMILIES = EncoderGolden.FAMILIES;
    private static final String TASK = "mrpc";
    private static final Map<String, Head> HEADS = Map.of(TASK, new Head.Sequence(2));
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path cache;

    /** Runs something with a model of an encoder. */
    private interface Use {
        void with(MultiTaskModel model, ModelParameters parameters, Ops ops);
    }

    private void withModel(EncoderFiles encoder, Adapter adapter, Freeze freeze, Use use) {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
                SafetensorsFile weights = SafetensorsFile.open(encoder.weights())) {
            StartingWeights start = new StartingWeights(weights, new RandomStreams(1));
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(encoder.config(), adapter, HEADS),
                    declaration -> start.apply(anywhere(declaration)),
                    kernel.memory(),
                    freeze);
            MultiTaskModel model = new MultiTaskModel(encoder.config(), adapter, HEADS, parameters);
            try (NDManager scope = kernel.memory().newSubManager()) {
                use.with(model, parameters, kernel.ops().in(scope));
            }
        }
    }

    /** Adapters start at random and not where they change nothing, nor from a file: so gradients reach all of them. */
    private static Declaration anywhere(Declaration d) {
        return MultiTaskModel.isOfEncoder(d.name())
                ? d
                : new Declaration(d.name(), d.shape(), Declaration.Start.NORMAL, d.task(), d.role());
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void everyLayerAgrees(String family) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        withModel(golden.resolve(cache), new Shared(), Freeze.none(), (model, parameters, ops) -> {
            for (Function<NDManager, ModelInput> form :
                    List.<Function<NDManager, ModelInput>>of(golden::packed, golden::padded)) {
                EncoderOutput output = model.encode(form.apply(ops.scope()), TASK, ops.withoutGradient());
                List<NDArray> states = new ArrayList<>(List.of(output.embeddings()));
                states.addAll(output.layers());
                List<float[]> expected = golden.hidden();
                assertThat(states).hasSameSizeAs(expected);
                for (int layer = 0; layer < states.size(); layer++) {
                    near(atPieces(states.get(layer).toFloatArray(), golden), expected.get(layer), "layer " + layer);
                }
                if (golden.hasPooled()) {
                    near(output.pooled().toFloatArray(), golden.pooled(), "pooled");
                }
            }
        });
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void gradientsAgree(String family) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        withModel(golden.resolve(cache), new Shared(), Freeze.none(), (model, parameters, ops) -> {
            NDArray last = model.encode(golden.packed(ops.scope()), TASK, ops).sequence();
            NDArray upstream = ops.scope()
                    .create(golden.upstream(), new Shape(last.getShape().getShape()));
            List<Map.Entry<String, float[]>> expected = golden.gradients();
            List<NDArray> found = ops.gradient(
                    last,
                    upstream,
                    expected.stream()
                            .map(entry -> parameters.get(entry.getKey()))
                            .toList());
            for (int i = 0; i < expected.size(); i++) {
                float[] values = expected.get(i).getValue();
                double largest = 1;
                for (float value : values) {
                    largest = Math.max(largest, Math.abs(value));
                }
                near(
                        found.get(i).toFloatArray(),
                        values,
                        TOLERANCE * largest,
                        expected.get(i).getKey());
            }
        });
    }

    @Test
    void aPoolerThatWasNotPretrainedIsTrainedWhateverIsFrozen() throws IOException {
        EncoderFiles encoder = EncoderGolden.read("electra").resolve(cache);
        withModel(
                encoder,
                new Shared(),
                Freeze.pretrained(),
                (model, parameters, ops) -> assertThat(parameters.declarations().stream()
                                .filter(Freeze.pretrained()::trains)
                                .map(Declaration::name))
                        .containsExactlyInAnyOrder(
                                "pooler.dense.weight", "pooler.dense.bias", "head.mrpc.weight", "head.mrpc.bias"));
    }

    @ParameterizedTest
    @FieldSource("FAMILIES")
    void everyAdapterLearnsOnIt(String family) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        EncoderFiles encoder = golden.resolve(cache);
        Map<String, Adapter> all = SmallAdapters.all();
        assertThat(all).hasSizeGreaterThan(10);
        if (!encoder.config().form().biases()) {
            Adapter biases = all.remove("bitFit");
            assertThatThrownBy(() -> MultiTaskModel.parameters(encoder.config(), biases, HEADS))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("the encoder has no biases for bitFit to train");
        }
        all.forEach((word, adapter) -> withModel(encoder, adapter, Freeze.pretrained(), (model, parameters, ops) -> {
            NDArray logits = model.pass(golden.packed(ops.scope()), TASK, Dropout.seeded(3))
                    .logits(ops);
            NDArray loss = ops.crossEntropy(logits, ops.scope().create(new long[] {0, 1, 1, 0}));
            List<Declaration> trained = parameters.declarations().stream()
                    .filter(Freeze.pretrained()::trains)
                    .filter(declaration -> model.reads(TASK, declaration.name())
                            && parameters.get(declaration.name()).hasGradient()) // a method may freeze parts of its own
                    .toList();
            List<NDArray> gradients = ops.gradient(
                    loss,
                    trained.stream()
                            .map(declaration -> parameters.get(declaration.name()))
                            .toList());
            double size = 0;
            for (NDArray gradient : gradients) {
                for (float value : gradient.toFloatArray()) {
                    assertThat(value).as("%s on %s", word, family).isFinite();
                    size += Math.abs(value);
                }
            }
            assertThat(size).as("%s on %s", word, family).isPositive();
        }));
    }

    /** What a window, turned keys or a prefix make of a sequence hangs on its own rows alone. */
    @ParameterizedTest
    @FieldSource("FAMILIES")
    void withEveryAdapterPaddingMakesNoDifference(String family) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        EncoderFiles encoder = golden.resolve(cache);
        SmallAdapters.all().forEach((word, adapter) -> {
            if (word.equals("bitFit")) {
                return; // computes what the encoder alone computes
            }
            withModel(encoder, adapter, Freeze.pretrained(), (model, parameters, ops) -> {
                Ops plain = ops.withoutGradient();
                float[] packed = model.pass(golden.packed(ops.scope()), TASK, Dropout.OFF)
                        .logits(plain)
                        .toFloatArray();
                float[] padded = model.pass(golden.padded(ops.scope()), TASK, Dropout.OFF)
                        .logits(plain)
                        .toFloatArray();
                near(padded, packed, word + " on " + family);
            });
        });
    }

    private static void near(float[] found, float[] expected, String what) {
        near(found, expected, TOLERANCE, what);
    }

    private static void near(float[] found, float[] expected, double tolerance, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("%s, value %d", what, i).isCloseTo(expected[i], within((float) tolerance));
        }
    }

    /** The same values, zero at padding, which a padded batch computes too. */
    private static float[] atPieces(float[] values, EncoderGolden golden) {
        int[] lengths = golden.lengths();
        int width = values.length / EncoderGolden.HIDDEN / lengths.length;
        float[] kept = values.clone();
        for (int s = 0; s < lengths.length; s++) {
            Arrays.fill(
                    kept, (s * width + lengths[s]) * EncoderGolden.HIDDEN, (s + 1) * width * EncoderGolden.HIDDEN, 0);
        }
        return kept;
    }
}
