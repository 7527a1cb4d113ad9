package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.spec.PaletteException;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Task;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
    private static final Task COLA = GlueTasks.of(GlueLayout.COLA);

    @Test
    void trialsGoSeedBySeedThenAdapterByAdapterThenSamplerBySampler() {
        Experiment experiment =
                with(e -> e.samplings(new RoundRobin(), new Proportional()).seeds(7, 3));

        assertThat(experiment.trials())
                .extracting(trial -> trial.seed() + " " + trial.adapter().label() + " "
                        + trial.sampling().label())
                .containsExactly(
                        "7 shared roundRobin",
                        "7 shared proportional",
                        "7 PALs(12) roundRobin",
                        "7 PALs(12) proportional",
                        "3 shared roundRobin",
                        "3 shared proportional",
                        "3 PALs(12) roundRobin",
                        "3 PALs(12) proportional");
    }

    @Test
    void withoutSeedsThereIsSeedOne() {
        Experiment experiment = Experiment.of(
                "a",
                e -> e.encoder(Examples.experiment().encoder())
                        .tasks(COLA)
                        .adapters(new Shared())
                        .samplings(new RoundRobin()));
        assertThat(experiment.seeds()).containsExactly(1L);
    }

    @Test
    void anEncoderMustBeGiven() {
        refused(
                () -> Experiment.of("a", e -> e.tasks(COLA)),
                "experiment 'a' has no encoder; give one, e.g. encoder bertBase.uncased");
    }

    @Test
    void atLeastOneValueOfEveryAxisMustBeGiven() {
        refused(
                e -> e.tasks(List.of()),
                "experiment 'pals' has no task; give at least one, e.g. tasks glue.cola, glue.mrpc");
        refused(
                e -> e.adapters(List.of()),
                "experiment 'pals' has no adapter; give at least one, e.g. adapter shared()");
        refused(
                e -> e.samplings(List.of()),
                "experiment 'pals' has no sampling method; give at least one, e.g. sampler proportional()");
        refused(e -> e.seeds(List.of()), "experiment 'pals' has no seed; give at least one, e.g. seeds 1..3");
    }

    @Test
    void noTwoValuesOfAnAxisMayHaveOneName() {
        refused(
                e -> e.tasks(COLA, COLA),
                "experiment 'pals' has two values 'cola' for its task; they could not be told apart");
        refused(
                e -> e.adapters(
                        Pal.of(p -> p.size(12).heads(6)), Pal.of(p -> p.size(12).heads(6))),
                "experiment 'pals' has two values 'PALs(12)' for its adapter");
        refused(
                e -> e.samplings(new RoundRobin(), new RoundRobin()),
                "two values 'roundRobin' for its sampling method");
        refused(e -> e.seeds(1, 2, 1), "two values '1' for its seed");
    }

    @Test
    void aTestOnlyTaskCannotBeTrained() {
        refused(
                e -> e.tasks(COLA, GlueTasks.of(GlueLayout.AX)),
                "experiment 'pals': task 'ax' has no training examples, only a test set; leave it out of the tasks it trains");
    }

    @Test
    void layersArePositive() {
        refused(e -> e.layers(0), "layers is 0, expected a whole number of at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "-a", "ä"})
    void theNameMustBeAbleToNameAFolder(String name) {
        refused(() -> Experiment.of(name, Examples::describe), "experiment name '" + name + "' cannot name a folder");
    }

    private static Experiment with(Consumer<Experiment.Options> change) {
        return Experiment.of("pals", e -> {
            Examples.describe(e);
            change.accept(e);
        });
    }

    private static void refused(Consumer<Experiment.Options> change, String message) {
        refused(() -> with(change), message);
    }

    private static void refused(ThrowingCallable experiment, String message) {
        assertThatThrownBy(experiment).isInstanceOf(PaletteException.class).hasMessageContaining(message);
    }
}
