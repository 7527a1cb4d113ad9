package dev.palette.task;

/**
 * Some examples side by side, padded to the longest of them; flat arrays, row after row, as an engine takes them. An example is
 * one sequence, or with a {@link Head.Choice} several: then there are S = B × choices of them, else S = B.
 *
 * @param examples (B) the examples' indices in their {@link Dataset}
 * @param width the length of the longest sequence, T
 * @param inputIds (S, T) word pieces, [PAD] after each sequence's end
 * @param tokenTypes (S, T) 0 or 1, 0 after the end
 * @param lengths (S) word pieces of each sequence
 * @param labels what the {@link Loss} compares with, (B) or (B, 2): class index, score scaled to [0, 1], or the positions of a
 *     span; NaN without labels
 */
public record Batch(int[] examples, int width, long[] inputIds, long[] tokenTypes, int[] lengths, float[] labels) {
    /** The number of examples, B. */
    public int rows() {
        return examples.length;
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
