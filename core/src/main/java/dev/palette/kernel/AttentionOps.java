package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention over queries, keys and values that were made elsewhere, and how it is told where rows stand; see {@link Ops#attention}. */
public final class AttentionOps {
    private final Ops ops;

    AttentionOps(Ops ops) {
        this.ops = ops;
    }

    /**
     * Multi-head attention of each sequence over queries, keys and values that were made elsewhere, (N, H) each: → (N, H).
     *
     * @param window how far to each side a row attends; {@link Layout#EVERYWHERE} for the whole sequence
     * @param dropout rate on attention probabilities
     */
    public NDArray attend(
            NDArray query, NDArray key, NDArray value, Layout layout, int heads, int window, double dropout) {
        return ops.call(
                "attend_runs",
                query,
                key,
                value,
                layout.runSequences(),
                layout.runWidths(),
                layout.masks(),
                layout.cellOf(),
                heads,
                window,
                dropout);
    }

    /**
     * Queries or keys, (N, H), turned by their rows' places: of each head, number i and the one half a head further are a point of the
     * plane, turned by place · θ^(−2i / width) (Su et al. 2021, §3.2.2).
     *
     * @param theta θ
     */
    public NDArray rotated(NDArray x, Layout layout, int heads, double theta) {
        return ops.call("rotated", x, layout.places(), heads, theta);
    }

    /**
     * Multi-head attention of each sequence, where what a row is meets how far another is, on both sides: scores are (q kᵀ + q p_kᵀ + p_q
     * kᵀ) / √(3 H/A), p_k and p_q those of the distance from row to row (He et al. 2021, equation 4). What is first has no distance.
     *
     * @param query (N, H)
     * @param key (N, H)
     * @param value (N, H)
     * @param distanceQuery p_q of each distance, (R, H)
     * @param distanceKey p_k of each distance, (R, H)
     * @param firstKeys (P, H), before those of each sequence; null for none
     * @param firstValues (P, H)
     * @param distances which they are
     * @param dropout rate on attention probabilities
     * @return (N, H)
     */
    public NDArray byDistance(
            NDArray query,
            NDArray key,
            NDArray value,
            NDArray distanceQuery,
            NDArray distanceKey,
            @Nullable NDArray firstKeys,
            @Nullable NDArray firstValues,
            Distances distances,
            Layout layout,
            int heads,
            double dropout) {
        return ops.call(
                "attend_by_distance",
                query,
                key,
                value,
                distanceQuery,
                distanceKey,
                firstKeys == null || firstValues == null ? List.of() : List.of(firstKeys, firstValues),
                distances.first(),
                distances.buckets(),
                distances.farthest(),
                layout.runSequences(),
                layout.runWidths(),
                layout.masks(),
                heads,
                dropout);
    }
}
