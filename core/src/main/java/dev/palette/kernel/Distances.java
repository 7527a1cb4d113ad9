package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Layout.Run;

/**
 * Which vectors of distances attention within a batch may need (He et al. 2021, §3.1). There is one for each distance up to half of the
 * buckets on each side, and beyond for ranges of distances that widen; the vector of distance 0 stands in the middle.
 *
 * @param first the first row of their table that is needed
 * @param rows how many, R
 * @param buckets on each side
 * @param farthest the distance of the last bucket, and one more
 */
public record Distances(int first, int rows, int buckets, int farthest) {
    /** Those within a batch's sequences: of short ones few, which are projected in no time. */
    public static Distances within(Layout layout, int buckets, int farthest) {
        int most = layout.runs().stream().mapToInt(Run::width).max().orElse(1) - 1;
        return most < buckets / 2
                ? new Distances(buckets - most, 2 * most + 1, buckets, farthest)
                : new Distances(0, 2 * buckets, buckets, farthest);
    }

    /** The needed rows of a table, (2 · buckets, H) → (R, H). */
    public NDArray used(NDArray table, Ops ops) {
        return ops.call("some_rows", table, first, rows);
    }
}
