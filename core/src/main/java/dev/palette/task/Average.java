package dev.palette.task;

/** How one figure is made of many tasks' metrics. An average is never printed without its name. */
public enum Average {
    /** The GLUE leaderboard's: the mean of each task's metrics, then the mean over tasks (Wang et al. 2019). */
    GLUE,
    /** The columns of Stickland &amp; Murray (2019): one metric a task (F1 for QQP and MRPC, Spearman for STS-B), then the mean. */
    PAPER
}
