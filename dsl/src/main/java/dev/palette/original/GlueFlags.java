package dev.palette.original;

import dev.palette.spec.PaletteException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that {@code run_multi_task} and {@code run_classifier} share. */
final class GlueFlags {
    @Mixin
    private final TrainingFlags training = new TrainingFlags();

    @Option(names = "--do_eval", description = "evaluate on the dev sets: all epochs of several tasks, the end of one")
    private boolean evaluate;

    @Option(
            names = "--eval_batch_size",
            defaultValue = "8",
            description = "batches that eval_loss is a mean of; default: ${DEFAULT-VALUE}")
    private int evaluationBatch;

    TrainingFlags training() {
        return training;
    }

    boolean evaluates() {
        return evaluate;
    }

    int evaluationBatch() {
        return evaluationBatch;
    }

    /**
     * Checks the flags by themselves, before any data are read.
     *
     * @throws PaletteException names the flag
     */
    void check() {
        if (!training.train() && !evaluate) {
            throw new PaletteException("At least one of --do_train or --do_eval must be given.");
        }
        if (evaluationBatch < 1) {
            throw new PaletteException("--eval_batch_size is %d, expected at least 1".formatted(evaluationBatch));
        }
        training.check(GlueRun.MAX_LENGTH, "--do_eval");
    }
}
