package dev.palette.kernel;

import ai.djl.ndarray.NDArray;

/**
 * BERT's three embedding tables, whose rows are summed (Devlin et al. 2019, figure 2).
 *
 * @param words (V, H)
 * @param positions (longest sequence, H)
 * @param segments (token types, H)
 */
public record Embedding(NDArray words, NDArray positions, NDArray segments) {}
