package dev.palette.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * A batch as the encoder takes it.
 *
 * @param ids word pieces, (B, T) int64
 * @param types segment of each, (B, T) int64
 * @param mask added to attention scores: 0 at tokens, −10,000 at padding; (B, 1, 1, T) float32
 */
public record ModelInput(NDArray ids, NDArray types, NDArray mask) {
    private static final float PADDED = -10_000f;

    /**
     * The tensors of a padded batch.
     *
     * @param ids word pieces row by row, B × T
     * @param types segments row by row, B × T
     * @param lengths tokens of each row; what follows is padding
     */
    public static ModelInput of(NDManager scope, long[] ids, long[] types, int[] lengths) {
        int rows = lengths.length;
        int width = ids.length / rows;
        float[] mask = new float[ids.length];
        for (int row = 0; row < rows; row++) {
            for (int column = lengths[row]; column < width; column++) {
                mask[row * width + column] = PADDED;
            }
        }
        return new ModelInput(
                scope.create(ids, new Shape(rows, width)),
                scope.create(types, new Shape(rows, width)),
                scope.create(mask, new Shape(rows, 1, 1, width)));
    }
}
