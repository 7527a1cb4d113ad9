package dev.palette.task;

/** A task whose examples are texts or pairs of texts, each with one label: a class or a score. */
public interface TextTask extends Task {
    /** What is predicted. */
    Target target();

    @Override
    default Head head() {
        return target().head();
    }

    @Override
    default Loss loss() {
        return target().loss();
    }
}
