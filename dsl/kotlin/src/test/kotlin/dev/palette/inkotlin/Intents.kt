package dev.palette.inkotlin

import dev.palette.spec.Block
import dev.palette.spec.PaletteException
import dev.palette.task.Evaluation
import dev.palette.task.Example
import dev.palette.task.LabelMetric
import dev.palette.task.LabelledTexts
import dev.palette.task.Split
import dev.palette.task.Target
import dev.palette.task.TextTask
import java.nio.file.Files
import java.nio.file.Path

/** What somebody wants, from files with an intent and a text a line. */
@JvmRecord
data class Intents(val directory: String) : TextTask {
    override fun name() = "intents"

    override fun texts() = 1

    override fun target() = Target.Classification(listOf("music", "light"))

    override fun metrics() = listOf(LabelMetric.ACCURACY)

    override fun evaluations() = listOf(Evaluation(name(), Split.DEV))

    override fun files(dataDirectory: Path) =
        listOf(Split.TRAIN, Split.DEV).associateWith { dataDirectory.resolve(directory).resolve("${it.label()}.tsv") }

    override fun read(split: Split, dataDirectory: Path): LabelledTexts {
        val file = files(dataDirectory)[split] ?: throw PaletteException("task 'intents' has no ${split.label()} split")
        return LabelledTexts(target(), metrics(), Files.readAllLines(file).mapIndexed { row, line -> example(file, row, line) }, listOf())
    }

    private fun example(file: Path, row: Int, line: String): Example {
        val (intent, text) = line.split('\t', limit = 2)
        val label = target().parse(intent).orElseThrow {
            PaletteException("$file:${row + 1}: the intent is '$intent', expected ${target().expected()}")
        }
        return Example(row, text, null, label)
    }

    /** Options of `intents`. */
    class Options : Block<Intents> {
        private var directory = "intents"

        /** Its folder in the data directory; `intents` by default. */
        fun directory(value: String) = apply { directory = value }

        override fun build() = Intents(directory)
    }
}
