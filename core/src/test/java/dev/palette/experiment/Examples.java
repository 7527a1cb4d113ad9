package dev.palette.experiment;

import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.Annealed;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;

/** A small experiment that tests begin from. */
public final class Examples {
    private Examples() {}

    /** Two adapters, one sampling method, seeds 1 and 2. */
    public static Experiment experiment() {
        return Experiment.of("pals", Examples::describe);
    }

    /** What it is described by, to be changed. */
    public static void describe(Experiment.Options e) {
        e.encoder(new EncoderSource.Released("bertBase.uncased"))
                .tasks(GlueTasks.of(GlueLayout.COLA), GlueTasks.of(GlueLayout.MRPC))
                .adapters(new Shared(), Pal.of(p -> p.size(12).heads(6)))
                .samplings(new Annealed(1, 0.2, 5))
                .training(t -> t.steps(50).batchSize(8))
                .seeds(1, 2);
    }
}
