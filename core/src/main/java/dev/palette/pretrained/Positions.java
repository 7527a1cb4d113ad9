package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;

/** How an encoder knows where in its sequence a word piece stands. */
public sealed interface Positions {
    /** A table of learnt vectors, one for each position, that is added to the embeddings (Devlin et al. 2019, figure 2). */
    record Table() implements Positions {}

    /**
     * Queries and keys are turned by angles that grow with their position, so that their product depends on how far they are apart (Su
     * et al. 2021, §3.2); and in most layers a word piece attends to its neighbours alone (ModernBERT, Warner et al. 2024, §2.1).
     *
     * @param theta the base of the angles in layers that attend to the whole sequence
     * @param localTheta the base in the others
     * @param every one layer of so many attends to the whole sequence, from the first on
     * @param window how far to each side the others look
     */
    record Rotary(double theta, double localTheta, int every, int window) implements Positions {
        /** Checks the ranges. */
        public Rotary {
            Range.atLeast("global_attn_every_n_layers", every, 1);
            Range.atLeast("local_attention", window, 1);
        }

        /** Whether a layer attends to the whole sequence. */
        public boolean isGlobal(int layer) {
            return layer % every == 0;
        }
    }

    /**
     * Attention scores depend on how far word pieces are apart, by vectors for distances: what a piece is meets how far the other is, on
     * both sides (disentangled attention; He et al. 2021, §3.1). Distances beyond half of the buckets share vectors, on a logarithmic
     * scale.
     *
     * @param buckets vectors on each side
     * @param farthest the distance of the last bucket, and one more
     */
    record Relative(int buckets, int farthest) implements Positions {
        /** Checks the ranges. */
        public Relative {
            Range.atLeast("position_buckets", buckets, 2);
            Range.atLeast("max_relative_positions", farthest, buckets / 2 + 3);
        }

        /** Rows of the table of vectors. */
        public int rows() {
            return 2 * buckets;
        }
    }

    /**
     * Checks that they go with heads of a width.
     *
     * @throws PaletteException when they don't
     */
    default void requireHeads(int width) {
        if (this instanceof Rotary && width % 2 != 0) {
            throw new PaletteException(
                    "hidden_size / num_attention_heads is %d, expected an even number: rotary positions turn pairs of numbers"
                            .formatted(width));
        }
    }
}
