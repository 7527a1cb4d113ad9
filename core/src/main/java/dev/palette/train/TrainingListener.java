package dev.palette.train;

import dev.palette.task.Scores;
import java.util.List;
import java.util.Map;

/** Hears of a trial's progress, on the training thread. */
public interface TrainingListener {
    /** Hears and says nothing. */
    TrainingListener SILENT = new TrainingListener() {
        @Override
        public void stepped(long step, String task, double loss, long tokens, double seconds) {}

        @Override
        public void evaluated(long step, Map<String, List<Scores>> scores, double average, boolean best) {}

        @Override
        public void attended(long step, String task, boolean drawn, String why) {}

        @Override
        public void weighed(long step, String task, double weight) {}

        @Override
        public void wentBack(long step, String why) {}

        @Override
        public void message(String line) {}
    };

    /**
     * A batch of a step is done; of a step with several it is called once for each.
     *
     * @param step steps done so far
     * @param task the task whose batch it took
     * @param loss mean loss of the batch
     * @param tokens word pieces in the batch, padding not counted
     * @param seconds time the step took
     */
    void stepped(long step, String task, double loss, long tokens, double seconds);

    /**
     * The selection split was evaluated.
     *
     * @param step steps done so far
     * @param scores of each task
     * @param average the figure that is compared
     * @param best whether it is the best so far
     */
    void evaluated(long step, Map<String, List<Scores>> scores, double average, boolean best);

    /**
     * A task begins or ends to be drawn.
     *
     * @param step steps done so far
     * @param drawn whether it can be drawn from here on
     * @param why in a few words: {@code joins}
     */
    void attended(long step, String task, boolean drawn, String why);

    /**
     * What a task's loss counts, where that is learnt; told at each evaluation.
     *
     * @param step steps done so far
     */
    void weighed(long step, String task, double weight);

    /**
     * Training diverged and went back; later steps will be taken again.
     *
     * @param step steps done where it continues
     * @param why in one line
     */
    void wentBack(long step, String why);

    /** Something worth telling a person, e.g. that a checkpoint was written or one was damaged. */
    void message(String line);
}
