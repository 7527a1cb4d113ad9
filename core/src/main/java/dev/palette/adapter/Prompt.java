package dev.palette.adapter;

import ai.djl.ndarray.NDArray;

/**
 * Vectors that go before the word pieces of every sequence, from the embeddings' norm on: all attend to them, and they are changed by
 * every layer. Heads do not see them.
 *
 * @param length how many, P
 * @param vectors makes them, (P, H)
 */
public record Prompt(int length, Making vectors) {
    /** Makes the vectors in a pass. */
    @FunctionalInterface
    public interface Making {
        /** The vectors, (P, H). */
        NDArray in(LayerContext context);
    }

    /** This one, and after it another. */
    Prompt then(Prompt other) {
        return new Prompt(
                length + other.length,
                c -> c.ops().adapters().below(vectors.in(c), other.vectors.in(c))); // (P + P', H)
    }
}
