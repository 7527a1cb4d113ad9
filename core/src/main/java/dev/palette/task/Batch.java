package dev.palette.task;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Some examples side by side, padded to the longest of them; flat arrays, row after row, as an engine takes them. An example is
 * one sequence, or with a {@link Head.Choice} several: then there are S = B × choices of them, else S = B.
 *
 * @param examples (B) the examples' indices in their {@link Dataset}
 * @param width the length of the longest sequence, T; of a part of a batch, of the batch's longest
 * @param inputIds (S, T) word pieces, [PAD] after each sequence's end
 * @param tokenTypes (S, T) 0 or 1, 0 after the end
 * @param lengths (S) word pieces of each sequence
 * @param labels what the {@link Loss} compares with, (B) (B, 2) or (B, T): class index, score scaled to [0, 1], the
 *     positions of a span, or a class index for each word piece; NaN without labels
 */
public record Batch(int[] examples, int width, long[] inputIds, long[] tokenTypes, int[] lengths, float[] labels) {
    /** The number of examples, B. */
    public int rows() {
        return examples.length;
    }

    /**
     * The same examples, dealt out like cards, so that the parts differ by one example at most and are of like lengths. Each part is
     * as wide as this batch, so that whatever looks at padding sees the same of it.
     *
     * @param count the number of parts; where there are fewer examples, as many parts as these
     */
    public List<Batch> parts(int count) {
        int parts = Math.min(count, rows());
        return parts == 1
                ? List.of(this)
                : IntStream.range(0, parts)
                        .mapToObj(first -> part(first, parts))
                        .toList();
    }

    /** Every {@code step}-th example. */
    private Batch part(int first, int step) {
        int part = (rows() - first + step - 1) / step;
        int sequences = lengths.length / rows(); // of an example
        int numbers = labels.length / rows();
        Batch chosen = new Batch(
                new int[part],
                width,
                new long[part * sequences * width],
                new long[part * sequences * width],
                new int[part * sequences],
                new float[part * numbers]);
        for (int to = 0, from = first; to < part; to++, from += step) {
            chosen.examples[to] = examples[from];
            copy(inputIds, from, chosen.inputIds, to, sequences * width);
            copy(tokenTypes, from, chosen.tokenTypes, to, sequences * width);
            copy(lengths, from, chosen.lengths, to, sequences);
            copy(labels, from, chosen.labels, to, numbers);
        }
        return chosen;
    }

    /** Copies an example's numbers from one array to another of the same kind. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // the arrays' kind is the caller's
    private static void copy(Object source, int from, Object target, int to, int numbers) {
        System.arraycopy(source, from * numbers, target, to * numbers, numbers);
    }

    /** The same examples, padded further. */
    public Batch widenedTo(int wider) {
        long[] ids = new long[lengths.length * wider];
        long[] types = new long[lengths.length * wider];
        for (int row = 0; row < lengths.length; row++) {
            System.arraycopy(inputIds, row * width, ids, row * wider, width);
            System.arraycopy(tokenTypes, row * width, types, row * wider, width);
        }
        return new Batch(examples, wider, ids, types, lengths, labels);
    }
}
