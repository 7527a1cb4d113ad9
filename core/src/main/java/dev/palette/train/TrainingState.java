package dev.palette.train;

import java.util.Map;

/**
 * Where a trial stands: all that training continues from beside tensors.
 *
 * @param step steps done
 * @param draws batches taken from each task
 * @param updates how often each parameter was moved
 * @param best the best evaluation so far; step 0 before the first
 * @param seconds time spent training so far
 */
public record TrainingState(long step, Map<String, Long> draws, Map<String, Long> updates, Best best, double seconds) {
    /** The state before the first step. */
    public static TrainingState beginning() {
        return new TrainingState(0, Map.of(), Map.of(), Best.NONE, 0);
    }

    /**
     * The best evaluation of the selection split.
     *
     * @param step steps done at it
     * @param average the figure that is compared
     */
    public record Best(long step, double average) {
        private static final double NOT_COMPARED = -Double.MAX_VALUE;

        /** Before the first evaluation. */
        public static final Best NONE = new Best(0, NOT_COMPARED);

        /** The weights of a step that nothing chose: the last. */
        static Best unchosen(long step) {
            return new Best(step, NOT_COMPARED);
        }
    }
}
