package dev.palette.train;

/**
 * The mean of some losses, as it grows.
 *
 * @param sum of the losses
 * @param count how many they are
 */
record LossMean(double sum, long count) {
    /** Of one loss. */
    static LossMean of(double loss) {
        return new LossMean(loss, 1);
    }

    /** With others added. */
    LossMean plus(LossMean other) {
        return new LossMean(sum + other.sum, count + other.count);
    }

    double value() {
        return sum / count;
    }
}
