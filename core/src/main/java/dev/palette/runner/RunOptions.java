package dev.palette.runner;

import dev.palette.experiment.RunPlan;
import dev.palette.pretrained.EncoderStore;
import dev.palette.spec.Block;
import dev.palette.spec.Range;
import dev.palette.train.CheckpointPlan;
import java.nio.file.Path;
import java.util.function.Consumer;
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
        RunPlan plan) {
    /** Options that say where runs and data are: {@code RunOptions.of(o -> o.out(runs).dataDir(data))}. */
    public static RunOptions of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** What may be chosen; every option has a default. */
    public static final class Options implements Block<RunOptions> {
        private Path out = Path.of("runs");
        private @Nullable Path dataDir;
        private Path cacheDir = EncoderStore.defaultCache();
        private int threads;
        private CheckpointPlan checkpoints = CheckpointPlan.DEFAULT;
        private boolean predictTest;
        private RunPlan plan = new RunPlan.Options().build();

        private Options() {}

        /** The folder of all experiments' runs; {@code runs} in the current folder by default. */
        public Options out(Path folder) {
            out = folder;
            return this;
        }

        /** The folder that holds the tasks' folders; none by default. */
        public Options dataDir(Path folder) {
            dataDir = folder;
            return this;
        }

        /** The folder of downloaded and converted weights; {@code ~/.cache/palette} by default. */
        public Options cacheDir(Path folder) {
            cacheDir = folder;
            return this;
        }

        /** Threads that the trials share; 0, the default, for one a core. */
        public Options threads(int count) {
            threads = Range.atLeast("threads", count, 0);
            return this;
        }

        /** When checkpoints are written, and which stay; every ten minutes by default, and the best stays. */
        public Options checkpoints(CheckpointPlan value) {
            checkpoints = value;
            return this;
        }

        /** Whether the test sets that are there are predicted too; false by default. */
        public Options predictTest(boolean value) {
            predictTest = value;
            return this;
        }

        /** On which devices, how many at once, and what becomes of one that fails; by default as the machine allows. */
        public Options plan(RunPlan value) {
            plan = value;
            return this;
        }

        @Override
        public RunOptions build() {
            return new RunOptions(out, dataDir, cacheDir, threads, checkpoints, predictTest, plan);
        }
    }
}
