package dev.palette.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.kernel.Layout;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A batch as the encoder takes it: its word pieces one below the other, as the layout says.
 *
 * @param ids word pieces, (N) int64
 * @param types segment of each, (N) int64
 * @param places position of each in its sequence, (N) int64
 * @param layout which of them are a sequence
 */
public record ModelInput(NDArray ids, NDArray types, NDArray places, Layout layout) {
    /**
     * A batch of which padding is computed as well, as the original computes it.
     *
     * @param ids word pieces row by row, S × T
     * @param types segments row by row, S × T
     * @param lengths (S) word pieces of each row; what follows is padding
     */
    public static ModelInput padded(NDManager scope, long[] ids, long[] types, int[] lengths) {
        int width = ids.length / lengths.length;
        long[] places = IntStream.range(0, ids.length).mapToLong(i -> i % width).toArray();
        return new ModelInput(
                scope.create(ids), scope.create(types), scope.create(places), Layout.padded(lengths, width, scope));
    }

    /**
     * A batch without its padding.
     *
     * @param ids word pieces row by row, S × T
     * @param types segments row by row, S × T
     * @param lengths (S) word pieces of each row; what follows is padding
     */
    public static ModelInput packed(NDManager scope, long[] ids, long[] types, int[] lengths) {
        int width = ids.length / lengths.length;
        int n = Arrays.stream(lengths).sum();
        long[] packedIds = new long[n];
        long[] packedTypes = new long[n];
        long[] places = new long[n];
        int row = 0;
        for (int sequence : Layout.packedOrder(lengths)) {
            for (int i = 0; i < lengths[sequence]; i++) {
                packedIds[row] = ids[sequence * width + i];
                packedTypes[row] = types[sequence * width + i];
                places[row++] = i;
            }
        }
        return new ModelInput(
                scope.create(packedIds),
                scope.create(packedTypes),
                scope.create(places),
                Layout.packed(lengths, width, scope));
    }
}
