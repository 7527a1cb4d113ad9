package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.spec.PaletteException;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What varies, and how its values are reached. */
class SpaceTest {
    private static final Space<Pal> SIZED =
            Template.of(Pal.Options::new).vary("size", Pal.Options::size, Axis.choice(102, 204));

    @Test
    void anOptionOfOneAlternativeVariesInItsTrialsAlone() {
        Experiment experiment = with(e -> e.adapter(Axis.<Adapter>choiceOf(List.of(Space.of(new Shared()), SIZED))));

        assertThat(experiment.variants())
                .extracting(Variant::adapter)
                .containsExactly(new Shared(), new Pal(102, 6), new Pal(204, 6));
        assertThat(experiment.axes())
                .containsExactly(new ExperimentAxis(null, "adapter"), new ExperimentAxis(null, "adapter.size"));
    }

    @Test
    void anAxisOfTrainingStandsInTheTrialsJsonWhereItsPathSays() {
        Experiment experiment = with(e -> e.training(rated(Axis.choice(1e-5, 3e-5))));
        ExperimentAxis axis = experiment.axes().get(experiment.axes().size() - 1);

        assertThat(axis.path()).isEqualTo("training.optimizer.learningRate");
        assertThat(experiment.trials().stream()
                        .map(trial -> axis.in(json(trial)).doubleValue())
                        .distinct())
                .containsExactly(1e-5, 3e-5);
    }

    @Test
    void aDefaultThatFollowsFromAVariedOptionFollowsIt() {
        Space<Houlsby> sizes =
                Template.of(Houlsby.Options::new).vary("size", Houlsby.Options::size, Axis.choice(10, 20));

        assertThat(with(e -> e.adapter(sizes)).variants())
                .extracting(Variant::adapter)
                .containsExactly(new Houlsby(10, new LowRank(10)), new Houlsby(20, new LowRank(20)));
    }

    @Test
    void oneAxisInTwoPlacesHasOneValue() {
        Axis<Integer> size = Axis.choice(12, 24);
        Space<Pal> pal = Template.of(Pal.Options::new).vary("size", Pal.Options::size, size);
        Space<LowRank> low = Template.of(LowRank.Options::new).vary("size", LowRank.Options::size, size);
        Experiment experiment = with(e -> e.adapter(Axis.<Adapter>choiceOf(List.of(pal, low))));

        assertThat(Dimensions.of(experiment.space()).axes()).hasSize(2);
        assertThat(experiment.variants()).hasSize(4);
    }

    @Test
    void twoAxesOfOneNameAreRefused() {
        Space<Pal> pal = Template.of(Pal.Options::new)
                .vary("size", Pal.Options::size, Axis.choice(12, 24).named("n"))
                .vary("heads", Pal.Options::heads, Axis.choice(2, 3).named("n"));

        assertThatThrownBy(() -> with(e -> e.adapter(pal)).axes())
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("two axes are called 'n'");
    }

    @Test
    void aGridOfWhatHasNoEndIsRefusedAndSaysWhatToDo() {
        assertThatThrownBy(() -> with(e -> e.training(rated(Axis.logUniform(1e-5, 1e-3)))))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("a logUniform has no end of values")
                .hasMessageContaining("random 20");
    }

    @Test
    void aCombinationThatCannotBeIsNamed() {
        Space<Pal> pal = Template.of(Pal.Options::new).vary("size", Pal.Options::size, Axis.choice(100, 204));

        assertThatThrownBy(() -> with(e -> e.adapter(pal)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("size 100 is not a multiple of heads 6");
    }

    @Test
    void namedVariantsStandForWhatTheyGiveAndLeaveTheRest() {
        Experiment experiment = with(e ->
                e.variant("small", v -> v.adapters(new Pal(12, 6))).variant("slow", v -> v.training(t -> t.steps(7))));

        assertThat(experiment.variants())
                .extracting(variant ->
                        variant.adapter().label() + " " + variant.training().steps())
                .containsExactly("PALs(12) 50", "shared 7");
        assertThat(experiment.axes())
                .containsExactly(new ExperimentAxis("variant", "adapter"), new ExperimentAxis("variant", "training"));
    }

    @Test
    void numbersHaveTheDigitsThatAPersonWrites() {
        assertThat(Axis.logUniform(1e-5, 1e-3).domain().quantile(1 / 3.0)).isEqualTo(4.642e-5);
        assertThat(Axis.uniform(0.0, 0.3).domain().quantile(1 / 7.0)).isEqualTo(0.0429);
        assertThat(Axis.uniform(1000, 1001).domain().quantile(1 / 3.0)).isEqualTo(1000.333);
        assertThat(Axis.uniform(0.00004, 0.00006).domain().quantile(0)).isEqualTo(0.00004);
        assertThat(Axis.integer(48, 300, 6).domain().nearest(52)).isEqualTo(54);
        assertThat(Axis.integer(48, 300, 6).domain().nearest(1e9)).isEqualTo(300);
    }

    @Test
    void thePointOfATrialIsFoundAgain() {
        Experiment experiment = with(e -> e.adapter(Axis.<Adapter>choiceOf(List.of(Space.of(new Shared()), SIZED)))
                .training(rated(Axis.logUniform(1e-5, 1e-3)))
                .sweep(s -> s.random(3)));
        Dimensions dimensions = Dimensions.of(experiment.space());
        Dimensions.Recorder answers = dimensions.record(axis -> axis.domain().quantile(0.9));
        Trial trial = experiment.variant(answers).trial(5);

        assertThat(new Points(experiment).of(trial)).contains(answers.point());
        assertThat(new Points(experiment).of(Examples.experiment().trials().get(0)))
                .isEmpty();
    }

    @Test
    void aSearchNeedsSomethingToSearch() {
        refused(s -> s.random(5), "has nothing to search: no option has an axis for its value");
    }

    @Test
    void aMetricThatNobodyLogsIsNamedWithTheKnownOnes() {
        refused(
                s -> s.metric("cola.mathews"),
                "unknown metric 'cola.mathews'; did you mean 'cola.matthews'? Known: average.glue, cola.matthews");
    }

    @Test
    void aSearchByTheReportedSplitIsRefused() {
        assertThatThrownBy(() -> with(e -> e.training(t -> t.evaluate(evaluate(10, new Selection.Dev())))
                        .adapters(new Shared(), new Pal(12, 6))
                        .sweep(s -> s.bayes(5))))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("which is dev, the one that is reported");
    }

    @Test
    void stoppingEarlyNeedsEarlyScores() {
        refused(
                s -> s.stopEarly(new EarlyStopping.Asha(0, 3)),
                "stopEarly needs scores before the end, but trials of 50 steps are evaluated at the end alone; write evaluate { every 5 }");
    }

    private static Space<Training> rated(Axis<Double> rates) {
        return Template.of(Training.Options::new)
                .with(t -> t.steps(50))
                .vary(
                        "optimizer",
                        Training.Options::optimizer,
                        Template.of(Optimizer.AdamWOptions::new)
                                .vary("learningRate", Optimizer.AdamWOptions::learningRate, rates));
    }

    private static EvaluationPlan evaluate(int every, Selection selection) {
        return new EvaluationPlan.Options().every(every).selectOn(selection).build();
    }

    private static JsonNode json(Trial trial) {
        return StrictJson.mapper().valueToTree(trial);
    }

    private static Experiment with(Consumer<Experiment.Options> change) {
        return Experiment.of("pals", e -> {
            Examples.describe(e);
            e.adapters(new Shared());
            change.accept(e);
        });
    }

    private static void refused(Consumer<Sweep.Options> sweep, String message) {
        assertThatThrownBy(() -> with(e -> e.sweep(sweep)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }
}
