package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.Lora;
import dev.palette.adapter.Trained;
import dev.palette.exchange.SavedAdapters;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Vocabulary;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.model.Freeze;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunDirectory;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Prediction;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.testing.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters and heads go out of a run into a file, and from there into experiments and programs, on the encoder they were trained on. */
class SavedAdaptersTest {
    private static final Lora LORA = Lora.of(l -> l.rank(2).alpha(3));

    @TempDir
    private static Path folder;

    private static TinyExperiment tiny;
    private static Path run;
    private static Path saved;

    @BeforeAll
    static void aSavedRun() throws IOException {
        tiny = TinyExperiment.write(folder);
        run = run(frozen(LORA, Freeze.pretrained()), "runs");
        saved = folder.resolve("lora.safetensors");
        SavedAdapters.save(run, saved, Vocabulary.installed(), line -> {});
    }

    private static Experiment frozen(Adapter adapter, Freeze freeze) {
        return tiny.experiment(e -> e.adapters(adapter)
                .training(TinyExperiment.training(t -> t.freeze(freeze).optimizer(TinyExperiment.adamW(1e-2)))));
    }

    private static Path run(Experiment experiment, String out) {
        tiny.run(experiment, out, new Recorder());
        RunDirectory made = tiny.directory(out, experiment.trials().get(0));
        made.result(); // it finished
        return made.folder();
    }

    @Test
    void theFileHasAdaptersAndHeadsAndNothingOfTheEncoder() throws IOException {
        try (AdapterFile file = AdapterFile.open(saved)) {
            assertThat(file.names())
                    .contains("adapter.lora.cola.layer.0.query.down.weight", "head.sts.bias")
                    .noneMatch(name -> name.startsWith("bert."))
                    .hasSize(3 * (2 * 2 * 2 + 2));
            assertThat(file.manifest().label()).isEqualTo(LORA.label());
            assertThat(file.manifest().tasks()).containsExactly("cola", "mrpc", "sts");
            assertThat(SavedAdapters.adapter(file, Vocabulary.installed())).isEqualTo(LORA);
        }
        assertThat(Files.size(saved)).isLessThan(Files.size(folder.resolve("encoder/model.safetensors")) / 2);
    }

    @Test
    void aModelOfTheFileAnswersAsTheRunDoes() {
        List<List<String>> pairs = List.of(List.of("the dog sees .", "a cat ."), List.of("tree .", "the old house ."));
        try (TrainedModel ofRun = Palette.load(run, o -> o.cacheDir(folder.resolve("cache")));
                TrainedModel ofFile = Palette.load(saved, o -> o.cacheDir(folder.resolve("cache")))) {
            List<Prediction> answers = ofFile.task("mrpc").predictAll(pairs);
            List<Prediction> expected = ofRun.task("mrpc").predictAll(pairs);
            for (int i = 0; i < pairs.size(); i++) {
                assertThat(answers.get(i).text()).isEqualTo(expected.get(i).text());
                assertThat(answers.get(i).probabilities().get("1"))
                        .isCloseTo(expected.get(i).probabilities().get("1"), within(1e-6));
            }
        }
    }

    @Test
    void trainingStartsFromTheFile() throws IOException {
        Path again = run(
                tiny.experiment(e -> e.adapters(trained(LORA, null))
                        .training(TinyExperiment.training(
                                t -> t.freeze(Freeze.pretrained()).optimizer(TinyExperiment.adamW(1e-12))))),
                "again");
        try (AdapterFile file = AdapterFile.open(saved);
                SafetensorsFile weights = SafetensorsFile.open(again.resolve("checkpoints/best/weights.safetensors"))) {
            assertThat(file.names())
                    .allSatisfy(name -> assertThat(weights.tensor(name).toFloats())
                            .as(name)
                            .usingComparatorWithPrecision(1e-8f)
                            .containsExactly(file.tensor(name).toFloats()));
        }
    }

    @Test
    void everyTaskMayStartFromOneTasksAdapter() throws IOException {
        Path again = run(
                tiny.experiment(e -> e.tasks(GlueTasks.of(GlueLayout.COLA))
                        .adapters(trained(LORA, "mrpc"))
                        .training(TinyExperiment.training(
                                t -> t.freeze(Freeze.pretrained()).optimizer(TinyExperiment.adamW(1e-12))))),
                "from-mrpc");
        try (AdapterFile file = AdapterFile.open(saved);
                SafetensorsFile weights = SafetensorsFile.open(again.resolve("checkpoints/best/weights.safetensors"))) {
            float[] found =
                    weights.tensor("adapter.lora.cola.layer.1.value.up.weight").toFloats();
            assertThat(found)
                    .usingComparatorWithPrecision(1e-8f)
                    .containsExactly(file.tensor("adapter.lora.mrpc.layer.1.value.up.weight")
                            .toFloats());
        }
    }

    @Test
    void layerNormsGoAlongWhereTheyWereTrained() throws IOException {
        Bottleneck bottleneck = Bottleneck.of(b -> b.reduction(4));
        Path withNorms = run(frozen(bottleneck, Freeze.encoder()), "norms");
        Path file = folder.resolve("norms.safetensors");
        SavedAdapters.save(withNorms, file, Vocabulary.installed(), line -> {});
        try (AdapterFile adapters = AdapterFile.open(file);
                TrainedModel ofRun = Palette.load(withNorms, o -> o.cacheDir(folder.resolve("cache")));
                TrainedModel ofFile = Palette.load(file, o -> o.cacheDir(folder.resolve("cache")))) {
            assertThat(adapters.names()).contains("bert.encoder.layer.1.output.LayerNorm.weight");
            assertThat(ofFile.task("cola").predict("the dog .").probabilities().get("1"))
                    .isCloseTo(
                            ofRun.task("cola")
                                    .predict("the dog .")
                                    .probabilities()
                                    .get("1"),
                            within(1e-6));
        }
    }

    @Test
    void anotherEncoderIsRefusedWithBothFingerprints() throws IOException {
        Path other = folder.resolve("other-encoder");
        TinyEncoder.write(other);
        TinyEncoder.writeWeights(
                other.resolve("model.safetensors"),
                TinyEncoder.tensors().stream()
                        .map(t -> t.name().equals("bert.pooler.dense.bias")
                                ? TensorData.ofFloats(t.name(), new float[24], 24)
                                : t)
                        .toList());
        String base;
        try (AdapterFile file = AdapterFile.open(saved)) {
            base = file.manifest().base();
        }
        assertThatThrownBy(() -> Palette.load(
                        saved,
                        o -> o.cacheDir(folder.resolve("cache"))
                                .encoder(new EncoderSource.Directory(other.toString()))))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("was trained on another encoder")
                .hasMessageContaining(base)
                .hasMessageContaining(FileDigest.sha256(other.resolve("model.safetensors")));
        Experiment onOther = tiny.experiment(e -> e.encoder(new EncoderSource.Directory(other.toString()))
                .adapters(trained(LORA, null))
                .training(TinyExperiment.training(t -> t.freeze(Freeze.pretrained()))));
        assertThatThrownBy(() -> run(onOther, "refused"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("was trained on another encoder")
                .hasMessageContaining(base);
        assertThatThrownBy(() ->
                        run(frozen(trained(Lora.of(l -> l.rank(2).alpha(4)), null), Freeze.pretrained()), "alpha"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("holds LoRA(2, alpha 3.0), but the script says LoRA(2, alpha 4.0)");
    }

    @Test
    void aFusionLeavesItsAdaptersAsTheyAre() throws IOException {
        Bottleneck bottleneck = Bottleneck.of(b -> b.reduction(4));
        Path file = folder.resolve("bottlenecks.safetensors");
        SavedAdapters.save(
                run(frozen(bottleneck, Freeze.pretrained()), "bottlenecks"), file, Vocabulary.installed(), line -> {});
        Fusion fusion = Fusion.of(f -> f.of(
                new Trained(bottleneck, file.toString(), "cola"), new Trained(bottleneck, file.toString(), "mrpc")));
        Path fused = run(frozen(fusion, Freeze.none()), "fused");
        try (AdapterFile before = AdapterFile.open(file);
                SafetensorsFile after = SafetensorsFile.open(fused.resolve("checkpoints/best/weights.safetensors"))) {
            String place = "layer.1.feedForward.up.weight";
            assertThat(after.tensor("adapter.fusion.from.1.mrpc." + place).toFloats())
                    .containsExactly(
                            before.tensor("adapter.bottleneck.mrpc." + place).toFloats());
            float[] value = after.tensor("adapter.fusion.sts.layer.1.feedForward.value.weight")
                    .toFloats();
            assertThat(value[0]).isNotEqualTo(1);
        }
        Path saved = folder.resolve("fused.safetensors");
        Path kept = run(frozen(fusion, Freeze.pretrained()), "fused-frozen");
        SavedAdapters.save(kept, saved, Vocabulary.installed(), line -> {});
        try (TrainedModel ofRun = Palette.load(kept, o -> o.cacheDir(folder.resolve("cache")));
                TrainedModel ofFile = Palette.load(saved, o -> o.cacheDir(folder.resolve("cache")))) {
            assertThat(ofFile.task("cola").predict("the dog .").probabilities().get("1"))
                    .isCloseTo(
                            ofRun.task("cola")
                                    .predict("the dog .")
                                    .probabilities()
                                    .get("1"),
                            within(1e-6));
        }
    }

    @Test
    void whatIsNoUseAloneIsNotSaved() {
        Path whole = run(frozen(LORA, Freeze.none()), "whole");
        Path file = folder.resolve("whole.safetensors");

        assertThatThrownBy(() -> SavedAdapters.save(whole, file, Vocabulary.installed(), line -> {}))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("trained its encoder too");
        assertThat(file).doesNotExist();
    }

    @Test
    void aBitThatAFileLostIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(saved);
        bytes[bytes.length - 3] ^= 8;
        Path damaged = folder.resolve("damaged.safetensors");
        Files.write(damaged, bytes);

        assertThatThrownBy(() -> AdapterFile.open(damaged))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("is damaged: its values have the CRC-32C");
        assertThatThrownBy(() -> AdapterFile.open(folder.resolve("encoder/model.safetensors")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("holds no adapters of Palette's");
    }

    private static Trained trained(Adapter of, @Nullable String task) {
        return new Trained(of, saved.toString(), task);
    }
}
