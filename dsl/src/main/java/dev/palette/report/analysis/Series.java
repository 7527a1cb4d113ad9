package dev.palette.report.analysis;

import java.util.Arrays;

/** Values of one metric of one run by step, as they were logged; grows. Kept unboxed, since a sweep has millions of them. */
public final class Series {
    private static final int FIRST_ROOM = 16;

    private long[] steps = new long[FIRST_ROOM];
    private double[] values = new double[FIRST_ROOM];
    private int size;

    /**
     * A value more.
     *
     * @param step at or after the one before
     * @param value may be NaN or infinite, where training went wrong
     */
    void add(long step, double value) {
        if (size == steps.length) {
            steps = Arrays.copyOf(steps, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        steps[size] = step;
        values[size] = value;
        size++;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The step of one, from 0. */
    public long step(int index) {
        return steps[index];
    }

    /** One, from 0. */
    public double value(int index) {
        return values[index];
    }
}
