package dev.palette.adapter;

import dev.palette.adapter.Declaration.Start;

/** How the two weights of a narrow layer start; its biases start at 0. */
public enum Initialisation {
    /** Both normal with deviation 0.02, as BERT's own weights: nearly no contribution. */
    SMALL,
    /** The first as a linear layer, the second 0: no contribution at first (He et al. 2022, as released). */
    IDENTITY,
    /** Both normal with deviation 0.01, drawn again beyond 0.02 (Houlsby et al. 2019, §3.6). */
    TRUNCATED;

    private static final double TRUNCATED_DEVIATION = 0.01;

    Start down(int inputs) {
        return switch (this) {
            case SMALL -> Start.NORMAL;
            case IDENTITY -> Start.linear(inputs);
            case TRUNCATED -> Start.truncatedNormal(TRUNCATED_DEVIATION);
        };
    }

    Start up() {
        return switch (this) {
            case SMALL -> Start.NORMAL;
            case IDENTITY -> Start.ZERO;
            case TRUNCATED -> Start.truncatedNormal(TRUNCATED_DEVIATION);
        };
    }
}
