package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.model.Freeze;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.testing.TinyEncoder;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every architecture is trained, kept and reported. */
class ArchitecturesTest {
    private static final List<Adapter> ALL = List.of(
            new Shared(),
            new Separate(),
            new Pal(12, 6),
            new Pal(12, 6, false, List.of(1)),
            new LowRank(5),
            new Houlsby(5),
            new Houlsby(5, new Pal(12, 6, true, List.of(0))),
            new Lhuc(),
            new Lhuc(new Pal(12, 6, true, List.of(1))),
            new TopAttention(12, 2, 12),
            new TopLayer(),
            new Separate().plus(new LowRank(3)),
            new Pal(12, 6).plus(new Lhuc()).plus(new TopAttention(12, 1, 4)));

    @TempDir
    Path folder;

    private TinyExperiment tiny;

    @BeforeEach
    void write() throws IOException {
        tiny = TinyExperiment.write(folder);
    }

    private Experiment train(List<Adapter> adapters, Consumer<Training.Options> change) {
        Recorder recorder = new Recorder();
        Experiment experiment = tiny.experiment(e -> e.adapters(adapters).training(TinyExperiment.training(t -> {
            t.steps(6);
            change.accept(t);
        })));
        tiny.run(experiment, "runs", recorder);
        assertThat(recorder.failures).isEmpty();
        return experiment;
    }

    private Map<String, float[]> trained(Trial trial) {
        Path weights = tiny.directory("runs", trial).checkpoints().resolve("best/weights.safetensors");
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            return file.names().stream()
                    .collect(Collectors.toMap(
                            name -> name, name -> file.tensor(name).toFloats()));
        }
    }

    @Test
    void everyArchitectureIsTrained() {
        Experiment experiment = train(ALL, t -> {});
        for (Trial trial : experiment.trials()) {
            assertThat(trained(trial))
                    .as(trial.adapter().label())
                    .isNotEmpty()
                    .allSatisfy((name, values) -> assertThat(values).doesNotContain(Float.NaN));
        }
    }

    @Test
    void aFrozenEncoderStaysAsItWasButForItsNorms() {
        Experiment experiment = train(List.of(new Pal(12, 6)), t -> t.freeze(Freeze.encoder()));
        Map<String, float[]> after = trained(experiment.trials().get(0));

        TinyEncoder.tensors().forEach(before -> {
            if (before.name().contains("LayerNorm")) {
                assertThat(after.get(before.name())).as(before.name()).isNotEqualTo(before.toFloats());
            } else {
                assertThat(after.get(before.name())).as(before.name()).containsExactly(before.toFloats());
            }
        });
    }

    @Test
    void encodersKeptApartGoTheirOwnWays() {
        Experiment experiment = train(List.of(new Separate()), t -> t.steps(12));
        Map<String, float[]> after = trained(experiment.trials().get(0));
        String norm = "bert.embeddings.LayerNorm.weight";

        assertThat(after).doesNotContainKey(norm);
        assertThat(after.get("separate.cola." + norm)).isNotEqualTo(after.get("separate.mrpc." + norm));
    }
}
