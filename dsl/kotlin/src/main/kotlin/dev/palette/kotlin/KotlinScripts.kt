package dev.palette.kotlin

import dev.palette.dsl.ExperimentScript
import dev.palette.dsl.ScriptLanguage
import dev.palette.experiment.Experiment
import dev.palette.experiment.Settings
import dev.palette.experiment.Strategy
import dev.palette.experiment.TrialJson
import dev.palette.experiment.Vocabulary
import dev.palette.spec.PaletteException
import java.nio.file.Path
import kotlin.script.experimental.api.ResultValue
import kotlin.script.experimental.api.ResultWithDiagnostics
import kotlin.script.experimental.api.ScriptDiagnostic
import kotlin.script.experimental.api.ScriptEvaluationConfiguration
import kotlin.script.experimental.api.constructorArgs
import kotlin.script.experimental.host.toScriptSource
import kotlin.script.experimental.jvmhost.BasicJvmScriptingHost
import kotlin.script.experimental.jvmhost.createJvmCompilationConfigurationFromTemplate

/** Reads `.palette.kts` scripts. */
class KotlinScripts : ScriptLanguage {
    override fun ending(): String = ".palette.kts"

    override fun load(script: Path, text: String, vocabulary: Vocabulary, settings: Settings): ExperimentScript {
        val source = KotlinSource(script, text)
        val scope = evaluated(source, settings).described
            ?: throw PaletteException("$script: the script describes no experiment; begin with: experiment(\"${source.title}\") { … }")
        val experiment = source.placing { scope.experiment() }
        requireKnownWords(script, experiment, vocabulary)
        val table = source.placing { scope.table(experiment) }
        return ExperimentScript(experiment, scope.settings, scope.runPlan(), table, source.name, text, listOf())
    }

    private fun evaluated(source: KotlinSource, settings: Settings): PaletteScript {
        val arguments = ScriptEvaluationConfiguration { constructorArgs(settings, source.folder) }
        val result = BasicJvmScriptingHost()
            .eval(source.text.toScriptSource(source.name), COMPILATION, arguments)
        if (result !is ResultWithDiagnostics.Success) {
            throw source.mistakes(result.reports.filter { it.severity >= ScriptDiagnostic.Severity.ERROR })
        }
        val value = result.value.returnValue
        if (value is ResultValue.Error) {
            throw source.placed(value.error)
        }
        return value.scriptInstance as PaletteScript
    }

    /** A class of the script's own is not there when the trial's worker, a table or a resumed run asks for its word. */
    private fun requireKnownWords(script: Path, experiment: Experiment, vocabulary: Vocabulary) {
        val variants =
            if (experiment.sweep().strategy() is Strategy.Grid) experiment.variants()
            else listOf(experiment.variant { it.domain().quantile(0.0) })
        for (trial in variants.map { it.trial(1) }) {
            try {
                TrialJson.read(trial.json(), vocabulary)
            } catch (e: PaletteException) {
                throw PaletteException(
                    "$script: ${e.message} A word of one's own comes from a plug-in, which is a jar in the folder plugins.",
                    e,
                )
            }
        }
    }

    private companion object {
        val COMPILATION = createJvmCompilationConfigurationFromTemplate<PaletteScript>()
    }
}
