package org.example

import dev.palette.adapter.Pal
import dev.palette.adapter.Shared
import dev.palette.experiment.Experiment
import dev.palette.inference.Palette
import dev.palette.pretrained.EncoderSource
import dev.palette.runner.ExperimentRunner
import dev.palette.runner.RunOptions
import dev.palette.sampler.Proportional
import dev.palette.task.GlueLayout
import dev.palette.task.GlueTasks
import dev.palette.train.EvaluationPlan
import dev.palette.train.Optimizer
import dev.palette.train.Selection
import java.nio.file.Path

/** What is compared. */
fun experiment(encoder: EncoderSource): Experiment =
    Experiment.of("compare") { e ->
        e.encoder(encoder)
            .tasks(GlueTasks.of(GlueLayout.COLA))
            .adapters(Shared(), Pal.of { it.size(48).heads(6) })
            .samplings(Proportional())
            .training { t ->
                t.steps(60)
                    .batchSize(16)
                    .maxLength(32)
                    .optimizer(Optimizer.adamW { it.learningRate(5e-5) })
                    .evaluate(EvaluationPlan.of { it.every(30).selectOn(Selection.Holdout(0.1)) })
            }
            .seeds(1, 2)
    }

/** Where and how. */
fun options(data: Path): RunOptions = RunOptions.of { it.dataDir(data).out(Path.of("runs")) }

fun main(arguments: Array<String>) {
    run(experiment(EncoderSource.Released("bertBase.uncased")), options(Path.of(arguments[0])))
}

fun run(experiment: Experiment, options: RunOptions) {
    val summary = ExperimentRunner().run(experiment, options)
    summary.finished().forEach { println("${it.adapter()}, seed ${it.seed()}: ${it.scores()}") }

    val run = options.out().resolve(experiment.name()).resolve(summary.finished().last().trial())
    Palette.load(run).use { println(it.task("cola").predict("the good lamp runs .").text()) }
}
