package dev.palette.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Of things with a cost and a worth, those that no other one beats in both. */
final class ParetoFront {
    private ParetoFront() {}

    /**
     * The front, by rising cost.
     *
     * @param costs less is better; NaN takes no part
     * @param worths more is better; NaN takes no part
     * @return indices; of equals, the first
     */
    static List<Integer> of(double[] costs, double[] worths) {
        List<Integer> byCost = IntStream.range(0, costs.length)
                .filter(i -> !Double.isNaN(costs[i]) && !Double.isNaN(worths[i]))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> costs[i]).thenComparingDouble(i -> -worths[i]))
                .toList();
        List<Integer> front = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        for (int i : byCost) {
            if (worths[i] > best) {
                best = worths[i];
                front.add(i);
            }
        }
        return front;
    }
}
