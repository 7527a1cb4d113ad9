package dev.palette.task;

/** The model that looks at no text: what any trained one must beat. */
public final class MajorityBaseline {
    private MajorityBaseline() {}

    /**
     * The scores of always predicting the training examples' commonest class (the first of equals), or their mean score. Every
     * correlation of a constant is 0.
     *
     * @param commonest of the training examples: {@link Dataset#commonest}
     * @param dev labelled examples that are scored
     */
    public static Scores scores(float[] commonest, Dataset dev) {
        return dev.scores(dev.constant(commonest));
    }
}
