package dev.palette.kotlin

import dev.palette.adapter.Adapter
import dev.palette.experiment.Axis
import dev.palette.experiment.Experiment
import dev.palette.sampler.TaskSampling
import dev.palette.table.Baseline
import dev.palette.table.CellStyle
import dev.palette.table.Mark
import dev.palette.table.ReferenceFile
import dev.palette.table.TableSpec
import java.nio.file.Path

/** What stands between the braces of `results { … }`. */
@PaletteDsl
class ResultsScope internal constructor() {
    private val table = TableScope()

    /** The table that is printed at the end. */
    fun table(options: TableScope.() -> Unit) = table.options()

    internal fun spec(experiment: Experiment, folder: Path): TableSpec = table.spec(experiment, folder)
}

/** What stands between the braces of `table { … }`: the options of [TableSpec.Options], with axes as they are or by their names. */
@PaletteDsl
class TableScope internal constructor() {
    private val given = mutableListOf<TableSpec.Options.(Experiment, Path) -> Unit>()

    /** Axes whose values tell the lines apart; all that vary by default. */
    fun rows(vararg axes: Axis<*>) = add { experiment, _ -> rows(axes.map(experiment::nameOf)) }

    /** The same by name: `rows("adapter")`. */
    fun rows(vararg names: String) = add { _, _ -> rows(names.asList()) }

    /** What is shown of each line: `columns("task", "average.paper", "cola.matthews")`. */
    fun columns(vararg names: String) = add { _, _ -> columns(names.asList()) }

    /** Axes over whose values lines are means, as they are over seeds. */
    fun over(vararg axes: Axis<*>) = add { experiment, _ -> over(axes.map(experiment::nameOf)) }

    /** Axes of whose values a line shows the one that does best on the selection split. */
    fun choose(vararg axes: Axis<*>) = add { experiment, _ -> choose(axes.map(experiment::nameOf)) }

    /** What is shown of a figure over seeds; mean and standard deviation by default. */
    fun cells(style: CellStyle) = add { _, _ -> cells(style) }

    /** What is to be seen at once; differences from the baseline, and equivalence with it, by default. */
    fun mark(vararg marks: Mark) = add { _, _ -> mark(marks.toSet()) }

    /** What lines are compared with: an axis and that of its values. */
    fun compare(axis: Axis<*>, baseline: Any) = add { experiment, _ ->
        compare(Baseline.Value(experiment.nameOf(axis), label(baseline)))
    }

    /** Every line is compared with every other. */
    fun compareAllPairs() = add { _, _ -> compare(Baseline.AllPairs()) }

    /** Points, of a hundred, within which two lines count as equally good. */
    fun margin(points: Double) = add { _, _ -> margin(points) }

    /** Published results to be shown below: files of them, relative to the script. */
    fun beside(vararg files: String) = add { _, folder ->
        beside(files.map { ReferenceFile.read(folder.resolve(it).normalize()) })
    }

    internal fun spec(experiment: Experiment, folder: Path): TableSpec =
        TableSpec.of { options -> given.forEach { options.it(experiment, folder) } }

    private fun add(option: TableSpec.Options.(Experiment, Path) -> Unit) {
        given += option
    }

    private fun label(value: Any): String =
        when (value) {
            is Adapter -> value.label()
            is TaskSampling -> value.label()
            else -> value.toString()
        }
}
