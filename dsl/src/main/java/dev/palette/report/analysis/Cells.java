package dev.palette.report.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis divided into cells, each as large a part of what was searched as the others: a word or a distinct number each, or equal parts of
 * a range (of its logarithm, where it spans orders of magnitude). An option that some variants lack has a cell for its absence.
 *
 * @param of the cell of each variant
 * @param count how many cells there are; 1 to 64
 * @param ordered whether neighbouring cells have neighbouring values
 */
record Cells(int[] of, int count, boolean ordered) {
    private static final int MOST_VALUES = 12;
    private static final int PARTS = 16;
    private static final int MOST_CELLS = Long.SIZE;

    static Cells of(SweepAxis axis) {
        List<String> values = axis.distinct();
        if (axis.isNumeric() && values.size() > MOST_VALUES) {
            return parts(axis);
        }
        int named = Math.min(values.size(), MOST_CELLS - 1); // words beyond share the last cell
        int[] of = axis.texts().stream()
                .mapToInt(text -> text == null ? named : Math.min(values.indexOf(text), named - 1))
                .toArray();
        return withAbsence(of, named, axis.isNumeric());
    }

    private static Cells parts(SweepAxis axis) {
        double[] scaled = Arrays.stream(axis.numbers())
                .map(value -> axis.isLogarithmic() ? Math.log(value) : value)
                .toArray();
        double low = Arrays.stream(scaled).filter(Double::isFinite).min().orElseThrow();
        double high = Arrays.stream(scaled).filter(Double::isFinite).max().orElseThrow();
        int[] of = Arrays.stream(scaled)
                .mapToInt(value ->
                        Double.isNaN(value) ? PARTS : Math.min(PARTS - 1, (int) (PARTS * (value - low) / (high - low))))
                .toArray();
        return withAbsence(of, PARTS, true);
    }

    private static Cells withAbsence(int[] of, int named, boolean ordered) {
        boolean absent = IntStream.of(of).anyMatch(cell -> cell == named);
        return new Cells(of, absent ? named + 1 : named, ordered);
    }
}
