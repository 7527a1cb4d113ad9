package dev.palette.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Start;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Moments;
import dev.palette.kernel.Ops;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model's tensors hold before the first step, and where they come from. */
class StartingWeightsTest {
    private static final BertConfig CONFIG = TinyEncoder.CONFIG;
    private static final Map<String, Head> HEADS = Map.of("cola", new Head.Sequence(2), "sts", new Head.Sequence(1));
    private static final Adapter PALS = Pal.of(p -> p.size(12).heads(6));
    private static final KernelChoice KERNEL = new KernelChoice(Product.MATMUL, 1);
    private static final String POOLER = "bert.pooler.dense.bias";

    @TempDir
    Path folder;

    @Test
    void theEncodersTensorsAreThePretrainedOnes() {
        Map<String, float[]> found = starting(CONFIG, PALS, 1);

        TinyEncoder.tensors()
                .forEach(tensor ->
                        assertThat(found.get(tensor.name())).as(tensor.name()).containsExactly(tensor.toFloats()));
    }

    @Test
    void variantsOfOneSeedStartWhatTheyShareAlike() {
        Map<String, float[]> shared = starting(CONFIG, new Shared(), 1);
        Map<String, float[]> pals = starting(CONFIG, PALS, 1);
        Map<String, float[]> palsOfOneLayer = starting(CONFIG.withLayers(1), PALS, 1);

        assertThat(pals).containsKeys("head.cola.weight", "adapter.pal.cola.layer.1.query.weight");
        assertThat(pals).hasSizeGreaterThan(shared.size());
        shared.forEach((name, values) -> assertThat(pals.get(name)).as(name).containsExactly(values));
        palsOfOneLayer.forEach(
                (name, values) -> assertThat(pals.get(name)).as(name).containsExactly(values));
    }

    @Test
    void anotherSeedStartsWhatIsNewElsewhere() {
        Map<String, float[]> one = starting(CONFIG, PALS, 1);
        Map<String, float[]> two = starting(CONFIG, PALS, 2);

        for (String name : List.of("head.cola.weight", "head.sts.weight", "adapter.pal.sts.down.weight")) {
            assertThat(one.get(name)).as(name).isNotEqualTo(two.get(name));
        }
        assertThat(one.get(POOLER)).containsExactly(two.get(POOLER));
        assertThat(one.get("head.cola.bias")).containsOnly(0);
    }

    @Test
    void eachTasksParametersStartElsewhere() {
        Map<String, float[]> weights = starting(CONFIG, PALS, 1);

        assertThat(weights.get("adapter.pal.cola.down.weight"))
                .isNotEqualTo(weights.get("adapter.pal.sts.down.weight"));
    }

    @Test
    void aMissingTensorIsNamedWithItsFileAndTheNearest() {
        List<TensorData> lacking = TinyEncoder.tensors().stream()
                .map(tensor -> tensor.name().equals(POOLER) ? tensor.named("bert.pooler.dense.bios") : tensor)
                .toList();
        Path file = TinyEncoder.writeWeights(folder.resolve("lacking.safetensors"), lacking);

        assertThatThrownBy(() -> load(file, CONFIG))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "weights don't fit the configuration: %s has no tensor '%s'; the nearest is 'bert.pooler.dense.bios'"
                                .formatted(file, POOLER));
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() {
        Path file = TinyEncoder.writeWeights(folder.resolve("tiny.safetensors"), TinyEncoder.tensors());
        BertConfig wider = new BertConfig(CONFIG.vocabularySize(), 24, 2, 4, 48, 32, 2, 0, 0, 1e-12);

        assertThatThrownBy(() -> load(file, wider))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(
                        "weights don't fit the configuration: tensor 'bert.encoder.layer.0.intermediate.dense.weight'"
                                + " is F32 [40, 24], expected F32 [48, 24]");
    }

    @Test
    void aModelOfTheFirstLayerAloneComputes() {
        try (Kernel kernel = Kernel.open(KERNEL);
                SafetensorsFile file = encoder()) {
            BertConfig first = CONFIG.withLayers(1);
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(first, PALS, HEADS),
                    new StartingWeights(file, new RandomStreams(1)),
                    kernel.memory());
            MultiTaskModel model = new MultiTaskModel(first, PALS, HEADS, parameters);
            ModelInput input = ModelInput.padded(kernel.memory(), new long[] {2, 8, 3}, new long[3], new int[] {3});

            NDArray logits =
                    model.pass(input, "cola", Dropout.OFF).logits(kernel.ops().withoutGradient());

            assertThat(logits.getShape().getShape()).containsExactly(1, 2);
            assertThat(logits.toFloatArray()).doesNotContain(Float.NaN).doesNotHaveDuplicates();
        }
    }

    @Test
    void anOverwrittenTensorIsACopyThatTrainingMayMove() throws IOException {
        Path saved = TinyEncoder.writeWeights(folder.resolve("saved.safetensors"), TinyEncoder.tensors());
        byte[] before = Files.readAllBytes(saved);
        try (Kernel kernel = Kernel.open(KERNEL);
                SafetensorsFile file = SafetensorsFile.open(saved)) {
            Ops ops = kernel.ops();
            ModelParameters parameters = new ModelParameters(
                    MultiTaskModel.parameters(CONFIG, new Shared(), Map.of()), this::zeros, kernel.memory());
            NDArray bias = parameters.get(POOLER);

            parameters.overwrite(file, ops);
            assertThat(bias.toFloatArray()).containsExactly(file.tensor(POOLER).toFloats());
            NDArray gradient = kernel.memory().ones(bias.getShape());
            Moments moments = new Moments(
                    kernel.memory().zeros(bias.getShape()), kernel.memory().zeros(bias.getShape()));
            ops.adamW(List.of(bias), List.of(gradient), List.of(moments), 1, 0.1, 0, 1e-6);

            assertThat(bias.toFloatArray()[0]).isNotEqualTo(file.tensor(POOLER).toFloats()[0]);
            assertThat(saved).hasBinaryContent(before);
        }
    }

    @Test
    void newLayerNormsAreDrawnAtRandomOnlyWhenAskedTo() {
        Declaration scale =
                new Declaration("adapter.topLayer.cola.output.LayerNorm.weight", List.of(2000), Start.ONE, "cola");
        Declaration shift =
                new Declaration("adapter.topLayer.cola.output.LayerNorm.bias", List.of(2000), Start.ZERO, "cola");
        Declaration bias =
                new Declaration("adapter.topLayer.cola.output.dense.bias", List.of(2000), Start.ZERO, "cola");
        Declaration pretrained = new Declaration("bert.embeddings.LayerNorm.weight", List.of(24), Start.ONE, null);
        try (SafetensorsFile file = encoder()) {
            StartingWeights plain = new StartingWeights(file, new RandomStreams(1));
            StartingWeights original = plain.withNormalLayerNorms();

            assertThat(plain.apply(scale).toFloats()).containsOnly(1);
            assertThat(plain.apply(shift).toFloats()).containsOnly(0);
            for (Declaration norm : List.of(scale, shift)) {
                float[] values = original.apply(norm).toFloats();
                double square = IntStream.range(0, values.length)
                        .mapToDouble(i -> (double) values[i] * values[i])
                        .average()
                        .orElseThrow();
                assertThat(Math.sqrt(square)).isCloseTo(0.02, within(0.001));
            }
            assertThat(original.apply(bias).toFloats()).containsOnly(0);
            assertThat(original.apply(pretrained).toFloats())
                    .containsExactly(file.tensor(pretrained.name()).toFloats());
        }
    }

    @Test
    void encodersKeptApartAllStartFromThePretrainedOne() {
        Map<String, float[]> values = starting(CONFIG, new Separate(), 1);
        Map<String, float[]> shared = starting(CONFIG, new Shared(), 1);
        assertThat(values).doesNotContainKey(POOLER);
        for (String task : HEADS.keySet()) {
            assertThat(values.get("separate." + task + "." + POOLER)).containsExactly(shared.get(POOLER));
        }
    }

    private TensorData zeros(Declaration declaration) {
        return TensorData.ofFloats(
                declaration.name(),
                new float[(int) declaration.size()],
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private SafetensorsFile encoder() {
        return SafetensorsFile.open(
                TinyEncoder.writeWeights(folder.resolve("tiny.safetensors"), TinyEncoder.tensors()));
    }

    private Map<String, float[]> starting(BertConfig config, Adapter adapter, long seed) {
        try (SafetensorsFile file = encoder()) {
            StartingWeights start = new StartingWeights(file, new RandomStreams(seed));
            Map<String, float[]> values = new LinkedHashMap<>();
            MultiTaskModel.parameters(config, adapter, HEADS)
                    .forEach(declaration -> values.put(
                            declaration.name(), start.apply(declaration).toFloats()));
            return values;
        }
    }

    private static void load(Path weights, BertConfig config) {
        try (Kernel kernel = Kernel.open(KERNEL);
                SafetensorsFile file = SafetensorsFile.open(weights)) {
            new ModelParameters(
                    MultiTaskModel.parameters(config, PALS, HEADS),
                    new StartingWeights(file, new RandomStreams(1)),
                    kernel.memory());
        }
    }
}
