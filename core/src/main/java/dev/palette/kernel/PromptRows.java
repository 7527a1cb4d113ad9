package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.palette.kernel.Layout.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for a prompt of P vectors before the rows of each sequence. The sequences' own rows keep their order, and their cells: what is
 * read of hidden states by position finds word pieces alone.
 *
 * @param layout with the prompts' rows
 * @param source (N + S P) where each row comes from: below N the row of a word piece, from N on the vector of the prompt
 */
public record PromptRows(Layout layout, NDArray source) {
    /** A layout of N rows with P more before each of its S sequences. */
    public static PromptRows before(Layout pieces, int length, NDManager scope) {
        long[] cellOf = pieces.cellOf().toLongArray();
        int rows = cellOf.length;
        int added = pieces.sequences() * length;
        long[] source = new long[rows + added];
        long[] newRow = new long[rows + 1];
        long[] newCell = new long[rows + added];
        long[] places = new long[rows + added];
        newRow[rows] = source.length; // padding that has no row
        int wide = pieces.width() + length;
        int row = 0;
        int next = 0;
        for (Run run : pieces.runs()) {
            for (int i = 0; i < run.sequences(); i++) {
                long sequence = cellOf[row] / pieces.width();
                for (int p = 0; p < length; p++) {
                    newCell[next] = sequence * wide + p;
                    places[next] = p;
                    source[next++] = Math.addExact(rows, p);
                }
                for (int place = 0; place < run.width(); place++) {
                    newCell[next] = sequence * wide + length + place;
                    places[next] = Math.addExact(length, place);
                    newRow[row] = next;
                    source[next++] = row++;
                }
            }
        }
        return new PromptRows(
                new Layout(
                        runs(pieces, length),
                        scope.create(moved(pieces.first(), newRow)),
                        scope.create(moved(pieces.cells(), newRow)),
                        scope.create(newCell),
                        scope.create(places),
                        pieces.width()),
                scope.create(source));
    }

    private static long[] moved(NDArray rows, long[] newRow) {
        return Arrays.stream(rows.toLongArray())
                .map(row -> newRow[Math.toIntExact(row)])
                .toArray();
    }

    private static List<Run> runs(Layout pieces, int length) {
        List<Run> runs = new ArrayList<>();
        for (Run run : pieces.runs()) {
            runs.add(new Run(run.sequences(), run.width() + length, mask(run, length)));
        }
        return List.copyOf(runs);
    }

    private static @Nullable NDArray mask(Run run, int length) {
        NDArray mask = run.mask();
        return mask == null
                ? null
                : mask.getManager()
                        .zeros(new Shape(run.sequences(), 1, 1, length))
                        .concat(mask, 3);
    }
}
