package dev.palette.report.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A regression tree over {@link Cells} (Breiman et al. 1984): each leaf is a box, a set of cells an axis, with the mean of its scores.
 * Axes of words are split in two sets of words, ordered by their means, which finds the best such split.
 */
final class RegressionTree {
    private static final int LEAST_TO_SPLIT = 4;

    private final List<Cells> axes;
    private final double[] scores;
    private final List<Leaf> leaves = new ArrayList<>();

    private RegressionTree(List<Cells> axes, double[] scores) {
        this.axes = axes;
        this.scores = scores;
    }

    /**
     * A box and its mean.
     *
     * @param box the cells of each axis, as bits
     * @param mean of the scores in it
     */
    record Leaf(long[] box, double mean) {}

    /**
     * Where two parts of a box meet.
     *
     * @param axis that is divided
     * @param left its cells on one side
     * @param gain squares of errors less than before
     */
    private record Split(int axis, long left, double gain) {}

    /**
     * Fits a tree.
     *
     * @param rows of the scores, with repetitions
     */
    static List<Leaf> leaves(List<Cells> axes, double[] scores, int[] rows) {
        RegressionTree tree = new RegressionTree(axes, scores);
        tree.grow(axes.stream().mapToLong(axis -> all(axis.count())).toArray(), rows);
        return tree.leaves;
    }

    private static long all(int cells) {
        return cells == Long.SIZE ? -1L : (1L << cells) - 1;
    }

    private void grow(long[] box, int[] rows) {
        Split best = rows.length < LEAST_TO_SPLIT
                ? new Split(0, 0, 0)
                : IntStream.range(0, axes.size())
                        .mapToObj(axis -> split(axis, box[axis], rows))
                        .reduce(new Split(0, 0, 0), (a, b) -> b.gain() > a.gain() ? b : a);
        if (best.gain() <= 1e-12) {
            double mean = Arrays.stream(rows)
                    .mapToDouble(row -> scores[row])
                    .average()
                    .orElse(0);
            leaves.add(new Leaf(box, mean));
            return;
        }
        int[] of = axes.get(best.axis()).of();
        grow(
                with(box, best.axis(), best.left()),
                Arrays.stream(rows)
                        .filter(row -> (best.left() >> of[row] & 1) == 1)
                        .toArray());
        grow(
                with(box, best.axis(), box[best.axis()] & ~best.left()),
                Arrays.stream(rows)
                        .filter(row -> (best.left() >> of[row] & 1) == 0)
                        .toArray());
    }

    private static long[] with(long[] box, int axis, long cells) {
        long[] part = box.clone();
        part[axis] = cells;
        return part;
    }

    /** The best division of one axis's cells in two, by the squares of errors that it saves. */
    private Split split(int axis, long box, int[] rows) {
        Cells cells = axes.get(axis);
        double[] sums = new double[cells.count()];
        int[] counts = new int[cells.count()];
        for (int row : rows) {
            sums[cells.of()[row]] += scores[row];
            counts[cells.of()[row]]++;
        }
        int[] order = order(cells, box, sums, counts);
        double total = Arrays.stream(sums).sum();
        Split best = new Split(axis, 0, 0);
        long left = 0;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < order.length - 1; i++) {
            left |= 1L << order[i];
            sum += sums[order[i]];
            count += counts[order[i]];
            int rest = rows.length - count;
            if (count > 0 && rest > 0) {
                double gain = sum * sum / count + (total - sum) * (total - sum) / rest - total * total / rows.length;
                best = gain > best.gain() ? new Split(axis, left, gain) : best;
            }
        }
        return best;
    }

    /** Cells of the box as they may be divided; words that no row has stand where the mean of all would. */
    private static int[] order(Cells cells, long box, double[] sums, int[] counts) {
        int[] there = IntStream.range(0, cells.count())
                .filter(cell -> (box >> cell & 1) == 1)
                .toArray();
        if (cells.ordered()) {
            return there;
        }
        double mean = Arrays.stream(sums).sum() / Arrays.stream(counts).sum();
        return Arrays.stream(there)
                .boxed()
                .sorted((a, b) -> Double.compare(
                        counts[a] == 0 ? mean : sums[a] / counts[a], counts[b] == 0 ? mean : sums[b] / counts[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
