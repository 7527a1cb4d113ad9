package dev.palette.task;

/**
 * Some examples side by side, padded to the longest of them; flat arrays, row after row, as an engine takes them.
 *
 * @param examples (B) the examples' indices in their {@link Dataset}
 * @param width the length of the longest, T
 * @param inputIds (B, T) word pieces, [PAD] after each example's end
 * @param tokenTypes (B, T) 0 or 1, 0 after the end
 * @param lengths (B) word pieces of each example
 * @param labels (B) what the loss compares with: class index, or score scaled to [0, 1]; NaN without labels
 */
public record Batch(int[] examples, int width, long[] inputIds, long[] tokenTypes, int[] lengths, float[] labels) {
    /** The number of examples, B. */
    public int rows() {
        return examples.length;
    }
}
