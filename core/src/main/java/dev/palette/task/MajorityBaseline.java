package dev.palette.task;

import java.util.Arrays;

/** The model that looks at no text: what any trained one must beat. */
public final class MajorityBaseline {
    private MajorityBaseline() {}

    /**
     * The scores of always predicting the training examples' commonest class (the first of equals), or their mean score. Every
     * correlation of a constant is 0.
     *
     * @param train labelled examples
     * @param dev labelled examples that are scored
     */
    public static Scores scores(Task task, Examples train, Examples dev) {
        double[] predicted = new double[dev.size()];
        Arrays.fill(predicted, constant(task.target(), train.labels()));
        return Scores.of(task.metrics(), predicted, dev.labels());
    }

    private static double constant(Target target, double[] labels) {
        if (target instanceof Target.Classification) {
            int[] counts = new int[target.outputs()];
            int best = 0;
            for (double label : labels) {
                counts[(int) label]++;
            }
            for (int i = 1; i < counts.length; i++) {
                best = counts[i] > counts[best] ? i : best;
            }
            return best;
        }
        return Arrays.stream(labels).average().orElseThrow();
    }
}
