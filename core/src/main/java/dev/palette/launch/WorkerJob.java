package dev.palette.launch;

import dev.palette.execution.TrialOrder;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;

/**
 * What a worker is started for.
 *
 * @param trial the one that the order describes
 * @param order all that it is told but the kernel and the number of replicas, which follow from where it runs
 * @param run where it writes
 * @param attempts that have failed before
 */
public record WorkerJob(Trial trial, TrialOrder order, RunDirectory run, int attempts) {}
