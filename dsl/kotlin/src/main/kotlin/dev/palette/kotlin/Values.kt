package dev.palette.kotlin

import dev.palette.experiment.Axis
import dev.palette.experiment.Space
import dev.palette.pretrained.EncoderSource
import dev.palette.pretrained.ReleasedEncoders
import dev.palette.task.GlueLayout
import dev.palette.task.GlueTask
import dev.palette.task.GlueTasks
import dev.palette.task.Task
import dev.palette.task.own.OwnTaskOptions
import dev.palette.task.squad.Squad
import dev.palette.task.superglue.SuperGlueLayout
import dev.palette.task.superglue.SuperGlueTask
import dev.palette.task.superglue.SuperGlueTasks
import dev.palette.train.Selection

/** The encoders that have names: `encoder(bertBase.uncased)`. */
@Suppress("ClassName") // a word of scripts
object bertBase {
    /** BERT-base, uncased (Devlin et al. 2019), 110 million parameters. */
    val uncased: EncoderSource = EncoderSource.Released(ReleasedEncoders.BERT_BASE_UNCASED.name())
}

/**
 * A model of the Hugging Face hub, at a branch, a tag or a commit: `encoder(hub("google/electra-small-discriminator", revision = "main"))`.
 */
fun hub(model: String, revision: String = "main"): EncoderSource = EncoderSource.hub(model, revision)

/** The tasks of GLUE: `glue.cola()`, or with data of one's own laid out alike `glue.cola { directory("own") }`. */
@Suppress("ClassName") // a word of scripts
object glue {
    /** Is a sentence English? See [GlueLayout.COLA]. */
    val cola = of(GlueLayout.COLA)

    /** Is a review positive? See [GlueLayout.SST]. */
    val sst = of(GlueLayout.SST)

    /** Do two sentences say the same? See [GlueLayout.MRPC]. */
    val mrpc = of(GlueLayout.MRPC)

    /** How alike are two sentences? See [GlueLayout.STS]. */
    val sts = of(GlueLayout.STS)

    /** Do two questions ask the same? See [GlueLayout.QQP]. */
    val qqp = of(GlueLayout.QQP)

    /** Does one sentence follow from another? See [GlueLayout.MNLI]. */
    val mnli = of(GlueLayout.MNLI)

    /** Does a sentence answer a question? See [GlueLayout.QNLI]. */
    val qnli = of(GlueLayout.QNLI)

    /** Does one sentence follow from another? See [GlueLayout.RTE]. */
    val rte = of(GlueLayout.RTE)

    /** What does a pronoun stand for? See [GlueLayout.WNLI]. */
    val wnli = of(GlueLayout.WNLI)

    /** GLUE's diagnostic set. See [GlueLayout.AX]. */
    val ax = of(GlueLayout.AX)

    /** The eight tasks of BERT and of Stickland & Murray (2019): GLUE without WNLI. */
    val eight: List<Task> = GlueTasks.eight()

    private fun of(layout: GlueLayout): BlockWord<Task, GlueTask.Options> = word<Task, GlueTask.Options> { GlueTask.Options(layout) }
}

/** The tasks of SuperGLUE: `superglue.boolq()`. */
@Suppress("ClassName") // a word of scripts
object superglue {
    /** Does a passage answer a question with yes? See [SuperGlueLayout.BOOLQ]. */
    val boolq = of(SuperGlueLayout.BOOLQ)

    /** Is a speaker committed to what is embedded in a text? See [SuperGlueLayout.CB]. */
    val cb = of(SuperGlueLayout.CB)

    /** Which alternative is the cause or the effect? See [SuperGlueLayout.COPA]. */
    val copa = of(SuperGlueLayout.COPA)

    /** Which answers to a question are right? See [SuperGlueLayout.MULTIRC]. */
    val multirc = of(SuperGlueLayout.MULTIRC)

    /** Which entity was taken out of a sentence? See [SuperGlueLayout.RECORD]. */
    val record = of(SuperGlueLayout.RECORD)

    /** Does one text follow from another? See [SuperGlueLayout.RTE]. */
    val rte = of(SuperGlueLayout.RTE)

    /** Has a word the same meaning in two sentences? See [SuperGlueLayout.WIC]. */
    val wic = of(SuperGlueLayout.WIC)

    /** What does a pronoun stand for? See [SuperGlueLayout.WSC]. */
    val wsc = of(SuperGlueLayout.WSC)

    /** All eight. */
    val eight: List<Task> = SuperGlueTasks.eight()

    private fun of(layout: SuperGlueLayout): BlockWord<Task, SuperGlueTask.Options> =
        word<Task, SuperGlueTask.Options> { SuperGlueTask.Options(layout) }
}

/** The tasks of SQuAD. */
@Suppress("ClassName") // a word of scripts
object squad {
    /** Where in a passage is the answer to a question? See [Squad]. */
    val v11: BlockWord<Task, Squad.Options> = word(Squad::Options)
}

/** A task in files of one's own: `task("intents") { csv("intents-*.csv"); text("utterance"); label("intent") }`. */
fun task(name: String, options: (@PaletteDsl OwnTaskOptions).() -> Unit): Task = OwnTaskOptions(name).apply(options).build()

/** A share of the training examples chooses the checkpoint: `selectOn(holdout(0.1))`. */
fun holdout(fraction: Double): Selection = Selection.Holdout(fraction)

/** The dev sets choose the checkpoint, which makes their scores too good. */
val dev: Selection = Selection.Dev()

/** No checkpoint is chosen: the last is kept. */
val nothing: Selection = Selection.Nothing()

/** One of some values. */
fun <T : Any> choice(vararg values: T): Axis<T> = Axis.choice(values.asList())

/** One of some values, under a name by which tables show it. */
fun <T : Any> choice(name: String, values: Collection<T>): Axis<T> = Axis.choice(values).named(name)

/** One of some values, of which each may have options that vary in turn; a value alone is `Space.of(value)`. */
fun <T : Any> choiceOf(vararg values: Space<out T>): Axis<T> = Axis.choiceOf<T>(values.asList())

/** A number between two, each as likely. */
fun uniform(low: Double, high: Double): Axis<Double> = Axis.uniform(low, high)

/** A number between two, each order of magnitude as likely. */
fun logUniform(low: Double, high: Double): Axis<Double> = Axis.logUniform(low, high)

/** One of the whole numbers `low`, `low + step`, … up to `high`. */
fun integer(low: Int, high: Int, step: Int = 1): Axis<Int> = Axis.integer(low, high, step)
