package dev.palette.execution;

import dev.palette.search.Judgement;
import java.util.SortedMap;

/** Hears how one trial goes, on the thread that works on it. */
public interface TrialListener {
    /** Hears, and does nothing. */
    TrialListener SILENT = new TrialListener() {
        @Override
        public void started(long fromStep) {}

        @Override
        public void progress(Progress progress) {}

        @Override
        public void message(String line) {}
    };

    /**
     * Everything is loaded, and training begins or continues.
     *
     * @param fromStep steps done in earlier sittings
     */
    void started(long fromStep);

    /** A step is done. */
    void progress(Progress progress);

    /**
     * The selection split was evaluated, and there are steps left.
     *
     * @param step steps done
     * @param scores by metric, {@code cola.matthews}, and the average by which the checkpoint is chosen; those that are no number left out
     * @return whether training goes on
     */
    default Judgement evaluated(long step, SortedMap<String, Double> scores) {
        return Judgement.GO_ON;
    }

    /** Something worth telling a person, in one line. */
    void message(String line);
}
