package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void bertAdamsFactorsAreTheOriginals() throws IOException {
        JsonNode golden = Golden.read("schedule.json");
        int steps = golden.get("t_total").asInt();
        Schedule schedule = bertAdam(golden.get("warmup").asDouble(), steps);
        for (int step = 0; step < steps; step++) {
            assertThat(schedule.factor(step))
                    .as("step %d", step)
                    .isCloseTo(golden.get("warmup_linear").get(step).asDouble(), within(1e-12));
        }
    }

    @Test
    void bertAdamsRateFallsFromTheFirstStepWithoutWarmup() {
        assertThat(factors(bertAdam(0, 4), 4)).containsExactly(1, 0.75, 0.5, 0.25);
    }

    @Test
    void bertAdamsRateOnlyRisesWhenAllIsWarmup() {
        assertThat(factors(bertAdam(1, 4), 4)).containsExactly(0, 0.25, 0.5, 0.75);
    }

    @Test
    void adamWRisesToOneAndFallsTowardsZero() {
        assertThat(factors(adamW(0.4, 10), 10))
                .containsExactly(
                        new double[] {0.25, 0.5, 0.75, 1, 1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0},
                        within(1e-12));
    }

    @Test
    void adamWsRateFallsFromTheFirstStepWithoutWarmup() {
        assertThat(factors(adamW(0, 4), 4)).containsExactly(1, 0.75, 0.5, 0.25);
    }

    @Test
    void adamWsRateOnlyRisesWhenAllIsWarmup() {
        assertThat(factors(adamW(1, 4), 4)).containsExactly(0.25, 0.5, 0.75, 1);
    }

    @Property(tries = 200)
    void everyStepOfAdamWCountsAndTheTopIsOne(
            @ForAll @IntRange(min = 1, max = 500) int steps, @ForAll @DoubleRange(min = 0, max = 1) double warmup) {
        assertThat(Arrays.stream(factors(adamW(warmup, steps), steps)))
                .allMatch(factor -> factor > 0 && factor <= 1)
                .contains(1.0);
    }

    @Property(tries = 200)
    void adamWsRateMovesByEqualPartsAndNeverJumps(
            @ForAll @IntRange(min = 2, max = 500) int steps, @ForAll @DoubleRange(min = 0, max = 1) double warmup) {
        double[] factors = factors(adamW(warmup, steps), steps);
        long rising = Math.round(steps * warmup);
        for (int step = 1; step < steps; step++) {
            double change = factors[step] - factors[step - 1];
            double expected = step < rising ? 1.0 / rising : step == rising ? 0 : -1.0 / (steps - rising);
            assertThat(change).as("change at step %d", step).isCloseTo(expected, within(1e-12));
        }
    }

    @Property(tries = 200)
    void adamWsLastStepIsOnePartAboveZero(
            @ForAll @IntRange(min = 1, max = 500) int steps, @ForAll @DoubleRange(min = 0, max = 0.9) double warmup) {
        long falling = steps - Math.round(steps * warmup);
        double last = adamW(warmup, steps).factor(steps - 1);
        assertThat(last).isCloseTo(falling == 0 ? 1 : 1.0 / falling, within(1e-12));
    }

    private static double[] factors(Schedule schedule, int steps) {
        return IntStream.range(0, steps).mapToDouble(schedule::factor).toArray();
    }

    private static Schedule adamW(double warmup, int steps) {
        return new Schedule(new Optimizer.AdamWOptions().warmupFraction(warmup).build(), steps);
    }

    private static Schedule bertAdam(double warmup, int steps) {
        return new Schedule(
                new Optimizer.BertAdamOptions().warmupFraction(warmup).build(), steps);
    }
}
