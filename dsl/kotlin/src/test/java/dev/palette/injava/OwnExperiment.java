package dev.palette.injava;

import dev.palette.adapter.Pal;
import dev.palette.api.TinyModel;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.EncoderSource;
import dev.palette.runner.RunOptions;
import dev.palette.task.Average;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;

/** The experiment that Kotlin's {@code ownExperiment} describes, builder by builder. */
final class OwnExperiment {
    /** The built-in words and those of this package. */
    static final Vocabulary WORDS = Vocabulary.with(new OwnWords());

    private OwnExperiment() {}

    static Experiment of(TinyModel model) {
        return Experiment.of(
                "own",
                e -> e.encoder(new EncoderSource.Directory(model.encoder().toString()))
                        .tasks(new Intents("intents"), GlueTasks.of(GlueLayout.COLA))
                        .adapters(new Gated(3), Pal.of(p -> p.size(6).heads(3)))
                        .samplings(new InTurns(2))
                        .training(t -> t.steps(8)
                                .batchSize(4)
                                .maxLength(16)
                                .optimizer(Optimizer.bertAdam(b -> b.learningRate(1e-3)))
                                .evaluate(EvaluationPlan.of(p -> p.every(4)
                                        .selectOn(new Selection.Holdout(0.25))
                                        .keepBest(Average.PAPER))))
                        .seeds(1));
    }

    /** How it is run: one trial after the other in this process, on one thread. */
    static RunOptions inProcess(TinyModel model) {
        return RunOptions.of(o -> o.out(model.folder().resolve("runs"))
                .dataDir(model.data())
                .cacheDir(model.folder().resolve("cache"))
                .threads(1)
                .plan(RunPlan.of(p -> p.inProcess(true))));
    }
}
