package dev.palette.launch;

/** How fast a trial trains, and whether it is time to load what comes after it. It follows from the pace since the first step that was seen. */
public final class Pace {
    /** Seconds that the next trial's worker is given to load everything while this one ends. */
    private static final double SECONDS_TO_LOAD = 30;

    private long firstStep = -1;
    private long firstStepAt;
    private double secondsLeft = Double.POSITIVE_INFINITY;

    /**
     * A step is done.
     *
     * @param steps in all
     * @param now {@link System#nanoTime}
     */
    public void advanced(long step, long steps, long now) {
        if (firstStep < 0) {
            firstStep = step;
            firstStepAt = now;
        } else {
            double secondsAStep = (now - firstStepAt) / 1e9 / (step - firstStep);
            secondsLeft = secondsAStep * (steps - step);
        }
    }

    /** Whether it is time to load the next trial. */
    public boolean isNearEnd() {
        return secondsLeft < SECONDS_TO_LOAD;
    }
}
