package dev.palette.task;

/** The parts of a data set. A model learns from one and is judged on another. */
public enum Split {
    /** Labelled; what the model learns from, less what {@link Holdout} takes out. */
    TRAIN("train"),
    /** Labelled; what is reported. */
    DEV("dev"),
    /** Labelled, from other sources than the training examples (MNLI). */
    DEV_MISMATCHED("dev-mismatched"),
    /** Without labels: GLUE's server keeps them. */
    TEST("test"),
    /** Without labels, from other sources than the training examples (MNLI). */
    TEST_MISMATCHED("test-mismatched");

    private final String label;

    Split(String label) {
        this.label = label;
    }

    /** What messages and tables print, e.g. {@code dev-mismatched}. */
    public String label() {
        return label;
    }
}
