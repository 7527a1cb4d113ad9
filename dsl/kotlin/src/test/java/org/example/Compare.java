package org.example;

import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunResult;
import dev.palette.runner.ExperimentRunner;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.sampler.Proportional;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Selection;
import java.nio.file.Path;

/** Compares PALs with nothing added, in two seeds, and asks the last model. */
public final class Compare {
    private Compare() {}

    /** What is compared. */
    public static Experiment experiment(EncoderSource encoder) {
        return Experiment.of(
                "compare",
                e -> e.encoder(encoder)
                        .tasks(GlueTasks.of(GlueLayout.COLA))
                        .adapters(new Shared(), Pal.of(p -> p.size(48).heads(6)))
                        .samplings(new Proportional())
                        .training(t -> t.steps(60)
                                .batchSize(16)
                                .maxLength(32)
                                .optimizer(Optimizer.adamW(a -> a.learningRate(5e-5)))
                                .evaluate(EvaluationPlan.of(p -> p.every(30).selectOn(new Selection.Holdout(0.1)))))
                        .seeds(1, 2));
    }

    /** Where and how. */
    public static RunOptions options(Path data) {
        return RunOptions.of(o -> o.dataDir(data).out(Path.of("runs")));
    }

    public static void main(String[] arguments) {
        Experiment experiment = experiment(new EncoderSource.Released("bertBase.uncased"));
        run(experiment, options(Path.of(arguments[0])));
    }

    public static void run(Experiment experiment, RunOptions options) {
        RunSummary summary = new ExperimentRunner().run(experiment, options);
        for (RunResult result : summary.finished()) {
            System.out.println(result.adapter() + ", seed " + result.seed() + ": " + result.scores());
        }

        RunResult last = summary.finished().get(summary.finished().size() - 1);
        Path run = options.out().resolve(experiment.name()).resolve(last.trial());
        try (TrainedModel model = Palette.load(run)) {
            System.out.println(
                    model.task("cola").predict("the good lamp runs .").text());
        }
    }
}
