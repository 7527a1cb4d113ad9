package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskSamplingTest {
    private static final TaskSizes SIZES = TaskSizes.of(1, 99);

    static List<TaskSampling> drawing() {
        return List.of(new Proportional(), new SquareRoot(), Annealed.of(a -> {}));
    }

    @Test
    void roundRobinTakesTheTasksInTurnWhateverTheirSizes() {
        TaskSampler sampler = new RoundRobin().sampler(TaskSizes.of(5, 1_000, 1), 7);
        assertThat(IntStream.range(0, 7).map(step -> sampler.draw(step, 0.99, List.of())))
                .containsExactly(0, 1, 2, 0, 1, 2, 0);
    }

    @Test
    void proportionalGivesATaskItsShareOfTheUnitInterval() {
        TaskSampler sampler = new Proportional().sampler(SIZES, 10);
        assertThat(sampler.draw(0, 0, List.of())).isZero();
        assertThat(sampler.draw(0, 0.0099, List.of())).isZero();
        assertThat(sampler.draw(0, 0.0101, List.of())).isEqualTo(1);
        assertThat(sampler.draw(9, Math.nextDown(1.0), List.of())).isEqualTo(1);
    }

    @Test
    void squareRootFavoursTheSmallTask() {
        TaskSampler sampler = new SquareRoot().sampler(SIZES, 10); // 1 : √99
        assertThat(sampler.draw(0, 0.09, List.of())).isZero();
        assertThat(sampler.draw(0, 0.092, List.of())).isEqualTo(1);
    }

    @Test
    void annealedFallsFromOneToAFifthInTwentyFiveEqualPhases() {
        Annealed annealed = Annealed.of(a -> {});
        assertThat(annealed).isEqualTo(new Annealed(1, 0.2, 25));
        assertThat(annealed.alpha(0)).isEqualTo(1);
        assertThat(annealed.alpha(12)).isCloseTo(0.6, within(1e-12));
        assertThat(annealed.alpha(24)).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aPhaseEndsWhereTheNextBegins() {
        TaskSampler sampler = new Annealed(1, 0, 2).sampler(SIZES, 10); // first 1 : 99, then 1 : 1
        assertThat(IntStream.range(0, 10).map(step -> sampler.draw(step, 0.3, List.of())))
                .containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
    }

    @Test
    void fewerStepsThanPhasesSkipPhases() {
        TaskSampler sampler = new Annealed(1, 0, 25).sampler(SIZES, 1);
        assertThat(sampler.draw(0, 0.3, List.of())).isEqualTo(1);
    }

    @Test
    void oneAnnealedPhaseStaysAtItsFirstExponent() {
        Annealed annealed = new Annealed(1, 0.2, 1);
        TaskSampler proportional = new Proportional().sampler(SIZES, 10);
        assertThat(annealed.alpha(0)).isEqualTo(1);
        for (int step = 0; step < 10; step++) {
            double uniform = step / 400.0;
            assertThat(annealed.sampler(SIZES, 10).draw(step, uniform, List.of()))
                    .isEqualTo(proportional.draw(step, uniform, List.of()));
        }
    }

    @Test
    void aStepsTaskFollowsFromTheStepAndTheUniformAlone() {
        TaskSampler one = Annealed.of(a -> {}).sampler(SIZES, 100);
        TaskSampler other = Annealed.of(a -> {}).sampler(SIZES, 100);
        IntStream.range(0, 60).forEach(step -> one.draw(step, 0.5, List.of()));
        assertThat(one.draw(60, 0.05, List.of())).isEqualTo(other.draw(60, 0.05, List.of()));
    }

    @ParameterizedTest
    @MethodSource("drawing")
    void aTaskWithoutExamplesIsAnError(TaskSampling sampling) {
        assertThatThrownBy(() -> sampling.sampler(TaskSizes.of(3, 0), 10))
                .isInstanceOf(PaletteException.class)
                .hasMessage("tasks of sizes [3, 0] can't be drawn from: each needs training examples");
    }

    @Test
    void exponentsAndPhasesOutOfRangeAreErrors() {
        assertThatThrownBy(() -> Annealed.of(a -> a.from(1.5)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("from is 1.5, expected a number from 0 to 1");
        assertThatThrownBy(() -> Annealed.of(a -> a.to(-0.1)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("to is -0.1");
        assertThatThrownBy(() -> Annealed.of(a -> a.phases(0)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("phases is 0");
    }

    @Test
    void labelsAreThoseOfTables() {
        assertThat(new RoundRobin.Options().build().label()).isEqualTo("roundRobin");
        assertThat(new Proportional.Options().build().label()).isEqualTo("proportional");
        assertThat(new SquareRoot.Options().build().label()).isEqualTo("squareRoot");
        assertThat(Annealed.of(a -> {}).label()).isEqualTo("annealed");
    }
}
