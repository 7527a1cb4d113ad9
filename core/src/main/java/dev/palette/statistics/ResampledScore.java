package dev.palette.statistics;

/** What one run scores on examples that were drawn anew. */
@FunctionalInterface
public interface ResampledScore {
    /** The score, a fraction of 1. */
    double on(Draw examples);

    /** Examples of every split, drawn with replacement; whoever asks for the same split is given the same ones. */
    @FunctionalInterface
    interface Draw {
        /**
         * How often each example was drawn.
         *
         * @param split names the split among all that are compared, e.g. {@code mnli/dev-mismatched}
         * @param size its examples, as many as are drawn
         * @return (size) counts, not to be changed
         */
        int[] counts(String split, int size);
    }
}
