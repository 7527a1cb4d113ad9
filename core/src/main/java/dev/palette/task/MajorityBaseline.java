package dev.palette.task;

import java.util.Optional;

/** The model that looks at no text: what any trained one must beat. */
public final class MajorityBaseline {
    private MajorityBaseline() {}

    /**
     * The scores of always predicting the training examples' commonest class (the first of equals), or their mean score. Every
     * correlation of a constant is 0.
     *
     * @param train labelled examples
     * @param dev labelled examples that are scored
     * @return empty where {@linkplain Examples#commonest nothing can be predicted} without looking at the text
     */
    public static Optional<Scores> scores(Examples train, Dataset dev) {
        return train.commonest().map(row -> dev.scores(Outputs.constant(row, dev.size())));
    }
}
