package dev.palette.task;

import dev.palette.spec.RandomStreams;

/**
 * A part of a dev set, where to look at all of it would take too long. Which examples depends on nothing but the evaluation's name, so that
 * every trial is scored on the same; classes are taken in proportion, as {@link TrainExamples} does, and fewer are among more.
 */
public final class DevExamples {
    private static final long SAME_FOR_ALL = 0;

    private DevExamples() {}

    /** The set itself, or so many of its examples, in the file's order. */
    public static Dataset of(Evaluation evaluation, Dataset dev, int most) {
        if (dev.items() <= most) {
            return dev;
        }
        int[] order = new RandomStreams(SAME_FOR_ALL).permutation("dev examples " + evaluation.name(), 0, dev.items());
        return dev.select(TrainExamples.drawn(dev, most, order));
    }
}
