package dev.palette.inkotlin

import dev.palette.adapter.Pal
import dev.palette.api.TinyModel
import dev.palette.experiment.Experiment
import dev.palette.experiment.RunPlan
import dev.palette.experiment.Vocabulary
import dev.palette.pretrained.EncoderSource
import dev.palette.runner.RunOptions
import dev.palette.task.Average
import dev.palette.task.GlueLayout
import dev.palette.task.GlueTasks
import dev.palette.train.EvaluationPlan
import dev.palette.train.Optimizer
import dev.palette.train.Selection

/** The built-in words and those of this package. */
val OWN_WORDS: Vocabulary = Vocabulary.with(OwnWords())

/** The experiment that [dev.palette.injava.OwnExperiment] describes, builder by builder. */
fun ownExperiment(model: TinyModel): Experiment =
    Experiment.of("own") { e ->
        e.encoder(EncoderSource.Directory(model.encoder().toString()))
            .tasks(Intents("intents"), GlueTasks.of(GlueLayout.COLA))
            .adapters(Gated(3), Pal.of { it.size(6).heads(3) })
            .samplings(InTurns(2))
            .training { t ->
                t.steps(8)
                    .batchSize(4)
                    .maxLength(16)
                    .optimizer(Optimizer.bertAdam { it.learningRate(1e-3) })
                    .evaluate(
                        EvaluationPlan.of {
                            it.every(4).selectOn(Selection.Holdout(0.25)).keepBest(Average.PAPER)
                        }
                    )
            }
            .seeds(1)
    }

/** How it is run: one trial after the other in this process, on one thread. */
fun inProcess(model: TinyModel): RunOptions =
    RunOptions.of { o ->
        o.out(model.folder().resolve("runs"))
            .dataDir(model.data())
            .cacheDir(model.folder().resolve("cache"))
            .threads(1)
            .plan(RunPlan.of { it.inProcess(true) })
    }
