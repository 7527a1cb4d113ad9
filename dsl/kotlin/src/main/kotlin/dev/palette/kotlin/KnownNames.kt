package dev.palette.kotlin

import dev.palette.experiment.RunPlan
import dev.palette.experiment.Sweep
import dev.palette.experiment.Vocabulary
import dev.palette.spec.NearestWord
import dev.palette.train.EvaluationPlan
import dev.palette.train.Optimizer
import dev.palette.train.Training
import java.lang.reflect.Modifier

/** The names that a script may have meant: Palette's words, and the options of blocks. */
internal object KnownNames {
    private val blocks: List<Class<*>> by lazy {
        val vocabulary = Vocabulary.installed()
        val described = vocabulary.adapters().values + vocabulary.samplings().values + vocabulary.balancings().values + vocabulary.tasks().values
        described.map { it.newBlock().get().javaClass } +
            listOf(
                ExperimentScope::class.java,
                ResultsScope::class.java,
                TableScope::class.java,
                Training.Options::class.java,
                EvaluationPlan.Options::class.java,
                Optimizer.AdamWOptions::class.java,
                RunPlan.Options::class.java,
                Sweep.Options::class.java,
            )
    }

    private val words: List<Class<*>> =
        listOf("WordsKt", "ValuesKt").map { Class.forName("${javaClass.packageName}.$it") }

    private val all: Set<String> by lazy {
        val options = blocks.flatMap { block -> block.methods.filter { it.parameterCount == 1 }.map { it.name } }
        val values = words.flatMap { file -> file.methods.filter { Modifier.isStatic(it.modifiers) }.map { it.name } }
        (options + values.map { it.removePrefix("get").replaceFirstChar(Char::lowercase) } + listOf("glue", "bertBase", "squad", "experiment"))
            .filter { it !in OF_EVERY_OBJECT && '-' !in it && '$' !in it }
            .toSortedSet()
    }

    /** `did you mean 'size'?`, or nothing when no name is near. */
    fun didYouMean(name: String): String? =
        NearestWord.to(name, all).map { "did you mean '$it'?" }.orElse(null)

    private val OF_EVERY_OBJECT = setOf("equals", "wait")
}
