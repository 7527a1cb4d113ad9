package dev.palette.kotlin

import dev.palette.experiment.Settings
import dev.palette.spec.PaletteException
import dev.palette.train.Optimizer
import dev.palette.train.Recovery
import java.nio.file.Path
import kotlin.script.experimental.annotations.KotlinScript
import kotlin.script.experimental.api.ScriptAcceptedLocation
import kotlin.script.experimental.api.ScriptCompilationConfiguration
import kotlin.script.experimental.api.acceptedLocations
import kotlin.script.experimental.api.compilerOptions
import kotlin.script.experimental.api.defaultImports
import kotlin.script.experimental.api.ide
import kotlin.script.experimental.jvm.dependenciesFromClassContext
import kotlin.script.experimental.jvm.jvm

/** The class that every `.palette.kts` script extends. */
@KotlinScript(
    displayName = "Palette experiment",
    fileExtension = "palette.kts",
    compilationConfiguration = PaletteScriptCompilation::class,
)
abstract class PaletteScript(private val settings: Settings, private val folder: Path) {
    internal var described: ExperimentScope? = null
        private set

    /** AdamW with bias correction, above the settings of files and environment. See [Optimizer.AdamW]. */
    val adamW: BlockWord<Optimizer, Optimizer.AdamWOptions> =
        word { settings.belowScript(Optimizer.AdamWOptions(), "train.optimizer") }

    /** BERT's own Adam, above the settings of files and environment. See [Optimizer.BertAdam]. */
    val bertAdam: BlockWord<Optimizer, Optimizer.BertAdamOptions> =
        word { settings.belowScript(Optimizer.BertAdamOptions(), "train.optimizer") }

    /** A trial that diverges goes back, above the settings of files and environment. See [Recovery.GoBack]. */
    val goBack: BlockWord<Recovery, Recovery.GoBackOptions> =
        word { settings.belowScript(Recovery.GoBackOptions(), "train.onDivergence") }

    /** The experiment that the script describes: `experiment("quickstart") { … }`. */
    fun experiment(name: String, options: ExperimentScope.() -> Unit) {
        if (described != null) {
            throw PaletteException("a script describes one experiment; this is its second")
        }
        described = ExperimentScope(name, folder, settings) { "the script" }.apply(options)
    }
}

/** How scripts are compiled: against all that Palette is made of, with its words and its enums at hand. */
internal object PaletteScriptCompilation :
    ScriptCompilationConfiguration({
        defaultImports(
            "dev.palette.kotlin.*",
            "dev.palette.adapter.*",
            "dev.palette.balance.*",
            "dev.palette.experiment.*",
            "dev.palette.model.Freeze",
            "dev.palette.model.ModelPart",
            "dev.palette.sampler.*",
            "dev.palette.table.CellStyle",
            "dev.palette.table.Mark",
            "dev.palette.task.Average",
            "dev.palette.train.*",
        )
        compilerOptions("-jvm-target", "17", "-Xjspecify-annotations=strict")
        jvm { dependenciesFromClassContext(PaletteScript::class, wholeClasspath = true) }
        ide { acceptedLocations(ScriptAcceptedLocation.Everywhere) }
    }) {
    private fun readResolve(): Any = PaletteScriptCompilation
}
