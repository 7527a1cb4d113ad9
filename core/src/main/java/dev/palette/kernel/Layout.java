package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the S sequences of a batch lie in hidden states (N, H), whose rows are word pieces, sequence after sequence. Almost all of
 * a network looks at rows one by one and needs no layout; attention does, which looks at a sequence at a time, and so do heads.
 *
 * <p>A {@linkplain #packed packed} layout has a row for each word piece and none for padding: short sequences cost what they are
 * long. A {@linkplain #padded padded} one has as many rows for every sequence, and masks those that are padding.
 *
 * @param runs sequences of one width that stand together, in the order of the rows
 * @param first (S) the row of each sequence's first word piece, in the order of the batch
 * @param cells (S × T) the row of each cell of a padded batch; N where it is padding that has no row
 * @param cellOf (N) the cell of each row, where attention puts sequences of several widths side by side
 * @param places (N) the place of each row in its sequence, from 0
 * @param width the width of the padded form, T: that of the widest sequence, or more
 */
public record Layout(List<Run> runs, NDArray first, NDArray cells, NDArray cellOf, NDArray places, int width) {
    /** A window as wide as every sequence. */
    public static final int EVERYWHERE = 0;

    private static final float PADDING = -10_000f;

    /**
     * Sequences of one width, which attention takes together.
     *
     * @param sequences how many
     * @param width rows of each
     * @param mask added to attention scores, 0 at word pieces and −10,000 at padding, (sequences, 1, 1, width); null without padding
     */
    public record Run(int sequences, int width, @Nullable NDArray mask) {}

    /** The order in which a packed layout has the sequences: by length, so that those of one length stand together. */
    public static int[] packedOrder(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(sequence -> lengths[sequence]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** No rows for padding, as wide as the longest sequence. */
    public static Layout packed(int[] lengths, NDManager scope) {
        return packed(lengths, Arrays.stream(lengths).max().orElseThrow(), scope);
    }

    /**
     * No rows for padding; the sequences lie in {@link #packedOrder}.
     *
     * @param lengths (S) word pieces of each sequence, in the order of the batch
     * @param width of the padded form, T
     * @param scope the memory scope of the layout's tensors
     */
    public static Layout packed(int[] lengths, int width, NDManager scope) {
        int rows = Arrays.stream(lengths).sum();
        long[] first = new long[lengths.length];
        long[] cells = new long[lengths.length * width];
        long[] cellOf = new long[rows];
        long[] places = new long[rows];
        Arrays.fill(cells, rows);
        List<Run> runs = new ArrayList<>();
        int row = 0;
        for (int sequence : packedOrder(lengths)) {
            int length = lengths[sequence];
            first[sequence] = row;
            for (int i = 0; i < length; i++) {
                cellOf[row] = (long) sequence * width + i;
                places[row] = i;
                cells[sequence * width + i] = row++;
            }
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).width() == length) {
                runs.set(last, new Run(runs.get(last).sequences() + 1, length, null));
            } else {
                runs.add(new Run(1, length, null));
            }
        }
        return new Layout(
                List.copyOf(runs),
                scope.create(first),
                scope.create(cells),
                scope.create(cellOf),
                scope.create(places),
                width);
    }

    /**
     * As many rows for every sequence, in the order of the batch.
     *
     * @param lengths (S) word pieces of each sequence
     * @param width rows of each sequence, T; what follows its word pieces is padding
     * @param scope the memory scope of the layout's tensors
     */
    public static Layout padded(int[] lengths, int width, NDManager scope) {
        float[] mask = new float[lengths.length * width];
        long[] first = new long[lengths.length];
        for (int sequence = 0; sequence < lengths.length; sequence++) {
            first[sequence] = (long) sequence * width;
            Arrays.fill(mask, sequence * width + lengths[sequence], (sequence + 1) * width, PADDING);
        }
        NDArray scores = scope.create(mask, new Shape(lengths.length, 1, 1, width));
        NDArray cells =
                scope.create(IntStream.range(0, mask.length).asLongStream().toArray());
        NDArray places = scope.create(
                IntStream.range(0, mask.length).mapToLong(i -> i % width).toArray());
        return new Layout(
                List.of(new Run(lengths.length, width, scores)), scope.create(first), cells, cells, places, width);
    }

    /** The number of sequences, S. */
    public int sequences() {
        return (int) first.size();
    }

    long[] runSequences() {
        return runs.stream().mapToLong(Run::sequences).toArray();
    }

    long[] runWidths() {
        return runs.stream().mapToLong(Run::width).toArray();
    }

    /** One mask a run, or none at all. */
    List<NDArray> masks() {
        List<NDArray> masks = new ArrayList<>();
        for (Run run : runs) {
            if (run.mask() != null) {
                masks.add(run.mask());
            }
        }
        return masks;
    }
}
