package dev.palette.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which variants no other one beats in size and score. */
class ParetoFrontTest {
    @Test
    void whatCostsMoreMustBeWorthMore() {
        double[] costs = {1.0, 1.1, 1.2, 1.1, 2.0};
        double[] worths = {0.5, 0.7, 0.6, 0.6, Double.NaN};

        assertThat(ParetoFront.of(costs, worths)).containsExactly(0, 1);
    }

    @Property(tries = 100)
    void nothingBeatsTheFrontAndTheFrontBeatsTheRest(
            @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = 0, max = 3) Double> costs,
            @ForAll @Size(value = 30) List<@DoubleRange(min = 0, max = 3) Double> worths) {
        double[] cost = costs.stream().mapToDouble(Double::doubleValue).toArray();
        double[] worth = worths.stream()
                .limit(cost.length)
                .mapToDouble(Double::doubleValue)
                .toArray();

        List<Integer> front = ParetoFront.of(cost, worth);

        assertThat(front).isNotEmpty();
        for (int i = 0; i < cost.length; i++) {
            int one = i;
            boolean beaten = IntStream.range(0, cost.length)
                    .anyMatch(j -> cost[j] <= cost[one]
                            && worth[j] >= worth[one]
                            && (cost[j] < cost[one] || worth[j] > worth[one]));
            if (front.contains(one)) {
                assertThat(beaten).isFalse();
            } else {
                assertThat(front).anyMatch(j -> cost[j] <= cost[one] && worth[j] >= worth[one]);
            }
        }
    }
}
