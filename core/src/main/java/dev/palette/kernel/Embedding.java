package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * BERT's three embedding tables, whose rows are summed (Devlin et al. 2019, figure 2).
 *
 * @param words (V, H)
 * @param positions (longest sequence, H); null where positions enter otherwise
 * @param segments (token types, H); null where segments are not told apart
 */
public record Embedding(
        NDArray words,
        @Nullable NDArray positions,
        @Nullable NDArray segments) {}
