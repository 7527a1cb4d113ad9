package dev.palette.train;

import dev.palette.sampler.TaskReport;
import dev.palette.spec.Range;
import java.util.List;
import java.util.Map;

/**
 * Where a trial stands: all that training continues from beside tensors.
 *
 * @param step steps done
 * @param draws batches taken from each task
 * @param updates how often each parameter was moved
 * @param best the best evaluation so far; step 0 before the first
 * @param seconds time spent training so far
 * @param parts parts that a step's batch is divided into: what the plan says, or more where memory did not suffice
 * @param setbacks how often training diverged and went back
 * @param restorePoint steps done at the checkpoint that training goes back to when it diverges, which the store keeps; {@value
 *     #NOWHERE} where the plan doesn't ask for it
 * @param reports what the sampler has been told
 * @param unreported training losses of each task since the last report
 * @param evaluations the tasks' scores at each evaluation, where tasks stop by them
 * @param balance what the loss balancing remembers of each task, by quantity
 */
public record TrainingState(
        long step,
        Map<String, Long> draws,
        Map<String, Long> updates,
        Best best,
        double seconds,
        int parts,
        int setbacks,
        long restorePoint,
        List<TaskReport> reports,
        Map<String, LossMean> unreported,
        List<TaskReport> evaluations,
        Map<String, Map<String, Double>> balance) {
    /** No restore point. */
    public static final long NOWHERE = -1;

    /** Checks the number of parts. */
    public TrainingState {
        Range.atLeast("parts", parts, 1);
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
