package dev.palette.runner;

import dev.palette.experiment.RunPlan;
import dev.palette.train.CheckpointPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and how trials are run: nothing that changes their numbers.
 *
 * @param out the folder of all experiments' runs
 * @param dataDir the folder that holds the tasks' folders, or null when none was set
 * @param cacheDir the folder of downloaded and converted weights
 * @param threads threads that the trials share, or 0 for one a core
 * @param checkpoints when they are written, and which stay
 * @param predictTest whether the test sets that are there are predicted too
 * @param plan on which devices, how many at once, and what becomes of one that fails
 */
public record RunOptions(
        Path out,
        @Nullable Path dataDir,
        Path cacheDir,
        int threads,
        CheckpointPlan checkpoints,
        boolean predictTest,
        RunPlan plan) {}
