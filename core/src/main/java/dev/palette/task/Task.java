package dev.palette.task;

/** Something to be learnt, as a script describes it. */
public interface Task {
    /** Unique in an experiment; names the head, the column and the folder of predictions. */
    String name();
}
