package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.TopLayer;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.result.Score;
import dev.palette.sampler.RoundRobin;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.Compatibility;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the original's defects changes a whole trial from where it takes hold, alone and with the others. */
class CompatibilityTest {
    private static final int EVERY = 8; // between evaluations

    @TempDir
    Path folder;

    private TinyExperiment tiny;
    private int runs;

    @BeforeEach
    void write() throws IOException {
        tiny = TinyExperiment.write(folder);
    }

    /** A trial that was run under some switches. */
    private record Ran(TinyExperiment tiny, String out, Trial trial, RunSummary summary) {
        List<JsonNode> metrics(String member) throws IOException {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : tiny.metrics(out, trial)) {
                JsonNode json = TinyExperiment.json(line);
                if (json.has(member)) {
                    lines.add(json.get(member));
                }
            }
            return lines;
        }

        List<Score> scores() {
            return summary.finished().get(0).scores();
        }
    }

    private Ran run(
            Set<Compatibility> switches, Consumer<Training.Options> training, Consumer<Experiment.Options> more) {
        Experiment experiment = tiny.experiment(e -> {
            e.adapters(new TopLayer()).training(TinyExperiment.training(t -> {
                t.compatibility(switches);
                training.accept(t);
            }));
            more.accept(e);
        });
        String out = "runs" + runs++;
        Recorder recorder = new Recorder();
        RunSummary summary = tiny.run(experiment, out, recorder);
        assertThat(recorder.failures).isEmpty();
        return new Ran(tiny, out, experiment.trials().get(0), summary);
    }

    private Ran run(Compatibility... switches) {
        return run(Set.of(switches), t -> {}, e -> {});
    }

    private int firstDifference(Ran one, Ran other) throws IOException {
        List<JsonNode> losses = one.metrics("loss");
        List<JsonNode> others = other.metrics("loss");
        for (int step = 0; step < losses.size(); step++) {
            if (!losses.get(step).equals(others.get(step))) {
                return step;
            }
        }
        return losses.size();
    }

    @Test
    void dropoutEndsWithTheFirstEvaluation() throws IOException {
        assertThat(firstDifference(run(), run(Compatibility.DROPOUT_FIRST_EPOCH_ONLY)))
                .isEqualTo(EVERY);
    }

    @Test
    void newLayerNormsStartOtherwise() throws IOException {
        assertThat(firstDifference(run(), run(Compatibility.NORMAL_LAYER_NORMS)))
                .isZero();
    }

    @Test
    void laterPassesRepeatTheFirst() throws IOException {
        Consumer<Experiment.Options> oneTask = e -> e.tasks(GlueTasks.of(GlueLayout.MRPC));
        List<JsonNode> right = run(Set.of(), t -> {}, oneTask).metrics("tokens");
        List<JsonNode> replayed =
                run(Set.of(Compatibility.REPLAY_FIRST_PASS), t -> {}, oneTask).metrics("tokens");
        int pass = 5; // three quarters of 24 examples, four a batch
        assertThat(replayed.subList(0, pass)).isEqualTo(right.subList(0, pass));
        assertThat(replayed.subList(pass, 2 * pass)).isEqualTo(replayed.subList(0, pass));
        assertThat(right.subList(pass, 2 * pass)).isNotEqualTo(right.subList(0, pass));
    }

    @Test
    void roundRobinStaysWithTheFirstTask() throws IOException {
        Ran ran = run(Set.of(Compatibility.ROUND_ROBIN_FIRST_TASK_ONLY), t -> {}, e -> e.samplings(new RoundRobin()));
        assertThat(ran.metrics("task")).extracting(JsonNode::asText).containsOnly("cola");
    }

    @Test
    void tasksAreSampledByTheSizesWrittenDown() throws IOException {
        assertThat(run(Compatibility.FIXED_TASK_SIZES).metrics("task")).isNotEqualTo(run().metrics("task"));
    }

    @Test
    void meansOverBatchesAreCompared() throws IOException {
        assertThat(run(Compatibility.BATCH_MEAN_METRICS).metrics("average")).isNotEqualTo(run().metrics("average"));
    }

    @Test
    void anUndefinedMeanIsNeverTheBestAndTheLastWeightsAreKept() throws IOException {
        Path sts = tiny.data().resolve("STS-B").resolve("dev.tsv");
        Files.writeString(sts, Files.readString(sts).replaceAll("\t[\\d.]+\n", "\t2.0\n"));
        Consumer<Training.Options> onDev = t -> t.evaluate(TinyExperiment.evaluate(new Selection.Dev()));

        Ran ran = run(Set.of(Compatibility.BATCH_MEAN_METRICS), onDev, e -> {});

        assertThat(ran.metrics("best")).extracting(JsonNode::asBoolean).containsOnly(false);
        assertThat(ran.summary().finished().get(0).bestStep()).isEqualTo(TinyExperiment.STEPS);
    }

    @Test
    void theLastWeightsAreReported() {
        List<Score> last =
                run(Set.of(), selecting(new Selection.Nothing()), e -> {}).scores();
        Ran chosen = run(Set.of(), selecting(new Selection.Dev()), e -> {});
        Ran defect = run(Set.of(Compatibility.REPORT_LAST_WEIGHTS), selecting(new Selection.Dev()), e -> {});

        assertThat(chosen.summary().finished().get(0).bestStep()).isLessThan(TinyExperiment.STEPS);
        assertThat(chosen.scores()).isNotEqualTo(last);
        assertThat(defect.scores()).isEqualTo(last);
    }

    /** At a rate at which the last evaluation isn't the best. */
    private static Consumer<Training.Options> selecting(Selection selection) {
        return t -> t.evaluate(TinyExperiment.evaluate(selection)).optimizer(TinyExperiment.adamW(3e-3));
    }

    @Test
    void allTogetherATrialStillComesToItsEnd() {
        Set<Compatibility> all = EnumSet.copyOf(Compatibility.original());
        assertThat(run(all, t -> t.accumulate(2), e -> {}).summary().finished()).hasSize(1);
    }
}
