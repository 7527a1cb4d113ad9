package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.Optimizer;
import dev.palette.train.Recovery;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole trial that diverges after its first evaluation, at step 8, and goes back there. */
class GoneBackTest {
    private static final int EVALUATED = 8;
    private static final double TOO_HIGH = 0.3;
    private static final CheckpointPlan EVERY_STEP = new CheckpointPlan(Duration.ofHours(1), 1, Keep.BEST);

    @TempDir
    Path folder;

    private TinyExperiment tiny;
    private Training.Options diverging;

    /** Takes as the limit what no loss reaches before the evaluation, and one does after it. */
    @BeforeEach
    void findALimit() throws IOException {
        tiny = TinyExperiment.write(folder);
        Experiment unlimited = experiment(t -> {});
        assertThat(tiny.run(unlimited, "unlimited", new Recorder()).finished()).hasSize(1);
        List<Double> losses = losses("unlimited", unlimited.trials().get(0));
        double before = losses.subList(0, EVALUATED).stream().reduce(0.0, Math::max);
        double after = losses.subList(EVALUATED, TinyExperiment.STEPS).stream().reduce(0.0, Math::max);
        assertThat(after).as("a loss that stands out in %s", losses).isGreaterThan(before);
        double limit = (before + after) / 2;
        diverging = unlimited
                .trials()
                .get(0)
                .training()
                .toBlock()
                .lossLimit(limit)
                .onDivergence(new Recovery.GoBack(0.01, 5, 1_000));
    }

    @Test
    void itsMetricsAreThoseOfTheStepsThatCountAndItsResultSaysSo() throws IOException {
        Experiment experiment = tiny.experiment(e -> e.training(diverging.build()));
        Trial trial = experiment.trials().get(0);
        Recorder recorder = new Recorder();

        RunSummary summary = tiny.run(one(experiment), "runs", recorder);

        assertThat(recorder.failures).isEmpty();
        assertThat(recorder.messages).anyMatch(line -> line.contains("going back to step 8, with 0.01 of the plan's"));
        assertThat(summary.finished().get(0).remarks())
                .containsExactly(
                        "training diverged and went back 1 times; in the end all learning rates were 0.01 of the plan's");
        assertThat(steps("runs", trial))
                .isEqualTo(
                        LongStream.rangeClosed(1, TinyExperiment.STEPS).boxed().toList());
    }

    @Test
    void withACheckpointAtEveryStepItHasTheSameBits() throws IOException {
        Experiment experiment = one(tiny.experiment(e -> e.training(diverging.build())));
        Trial trial = experiment.trials().get(0);
        tiny.run(experiment, "seldom", new Recorder());
        TinyExperiment.run(experiment, tiny.options("often", EVERY_STEP), new StopSignal(), new Recorder());

        assertThat(tiny.metrics("often", trial)).isEqualTo(tiny.metrics("seldom", trial));
        assertThat(tiny.bestWeights("often", trial)).isEqualTo(tiny.bestWeights("seldom", trial));
    }

    private Experiment experiment(Consumer<Training.Options> change) {
        return one(tiny.experiment(e -> e.training(TinyExperiment.training(t -> {
            t.optimizer(new Optimizer.AdamWOptions()
                    .learningRate(TOO_HIGH)
                    .warmupFraction(0.9) // the rate becomes too high only after the evaluation
                    .build());
            change.accept(t);
        }))));
    }

    /** The first of an experiment's trials alone. */
    private Experiment one(Experiment whole) {
        return tiny.experiment(
                e -> e.training(whole.training()).adapters(whole.trials().get(0).adapter()));
    }

    private List<Double> losses(String out, Trial trial) throws IOException {
        return values(out, trial, "loss").stream().map(JsonNode::asDouble).toList();
    }

    private List<Long> steps(String out, Trial trial) throws IOException {
        List<JsonNode> steps = values(out, trial, "step");
        List<Long> evaluations = IntStream.range(0, steps.size())
                .filter(i -> i > 0 && steps.get(i).equals(steps.get(i - 1)))
                .mapToObj(i -> steps.get(i).asLong())
                .toList();
        assertThat(evaluations).containsExactly(8L, 16L, 20L);
        return steps.stream().map(JsonNode::asLong).distinct().toList();
    }

    private List<JsonNode> values(String out, Trial trial, String member) throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String line : tiny.metrics(out, trial)) {
            JsonNode json = TinyExperiment.json(line);
            if (json.has(member)) {
                values.add(json.get(member));
            }
        }
        return values;
    }
}
