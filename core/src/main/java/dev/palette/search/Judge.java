package dev.palette.search;

import dev.palette.experiment.EarlyStopping;
import java.util.List;

/** Says of a trial on its way whether it goes on. A function of the reports alone. */
public interface Judge {
    /**
     * Whether a report is one to judge by.
     *
     * @param own the trial's earlier reports
     */
    boolean concerns(Report report, List<Report> own);

    /**
     * The judgement on a trial.
     *
     * @param report its newest
     * @param all reports to compare with, those of the trial itself among them
     */
    Judgement judge(Report report, List<Report> all);

    /**
     * The judge that a sweep asks for.
     *
     * @param every steps between evaluations
     */
    static Judge of(EarlyStopping stopping, int every) {
        if (stopping instanceof EarlyStopping.Asha asha) {
            return new SuccessiveHalving(asha.from() == 0 ? every : asha.from(), asha.reduction());
        } else if (stopping instanceof EarlyStopping.MedianRule rule) {
            return new MedianStopping(rule.from(), rule.after());
        }
        return new NoJudge();
    }

    /** Lets every trial go on. */
    record NoJudge() implements Judge {
        @Override
        public boolean concerns(Report report, List<Report> own) {
            return false;
        }

        @Override
        public Judgement judge(Report report, List<Report> all) {
            return Judgement.GO_ON;
        }
    }
}
