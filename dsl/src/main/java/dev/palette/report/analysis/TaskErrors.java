package dev.palette.report.analysis;

import java.util.List;
import java.util.Optional;

/**
 * What one variant got wrong in one split of a task, over its seeds.
 *
 * @param variant which, from 0
 * @param split the table's name: {@code cola-dev}
 * @param seeds whose predictions are there
 * @param examples of the split
 * @param confusion how often each class was predicted for each; empty for scores
 * @param worst the examples that most seeds got wrong, the surest mistakes first; of scores, those furthest off
 */
public record TaskErrors(
        int variant, String split, int seeds, int examples, Optional<Confusion> confusion, List<Mistake> worst) {
    /**
     * Classes predicted against true ones, summed over seeds.
     *
     * @param labels the classes, sorted
     * @param counts by true class, then by predicted one
     */
    public record Confusion(List<String> labels, int[][] counts) {}

    /**
     * An example that was got wrong.
     *
     * @param index its row in the data file, from 0
     * @param label what is true
     * @param predicted what most seeds said; of scores, the mean
     * @param wrong how many seeds were wrong
     * @param size of a class the mean probability that the wrong seeds gave it; of a score the mean distance from the truth
     * @param text the example itself, where its data file is at hand
     */
    public record Mistake(int index, String label, String predicted, int wrong, double size, Optional<String> text) {}
}
