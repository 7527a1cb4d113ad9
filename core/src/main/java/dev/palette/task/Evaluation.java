package dev.palette.task;

/**
 * One split that a task is reported on.
 *
 * @param name the column in tables: the task's name, and for MNLI's second dev set the name with {@code -mm}
 * @param split where its examples are
 */
public record Evaluation(String name, Split split) {}
