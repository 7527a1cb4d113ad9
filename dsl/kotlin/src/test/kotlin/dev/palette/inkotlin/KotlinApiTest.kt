package dev.palette.inkotlin

import dev.palette.adapter.Pal
import dev.palette.api.TinyModel
import dev.palette.experiment.Axis
import dev.palette.experiment.Experiment
import dev.palette.experiment.Space
import dev.palette.experiment.Template
import dev.palette.experiment.TrialJson
import dev.palette.inference.Palette
import dev.palette.pretrained.EncoderSource
import dev.palette.result.RunSet
import dev.palette.runner.ExperimentRunner
import dev.palette.spec.PaletteException
import dev.palette.table.ResultTable
import dev.palette.table.TableFormat
import dev.palette.table.TableSpec
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/**
 * What [dev.palette.injava.JavaApiTest] does, in Kotlin: an adapter, a sampler and a task of one's own, an experiment with
 * them, and its results.
 */
class KotlinApiTest {
    @TempDir
    private lateinit var folder: Path

    @Test
    fun `an experiment with words of one's own is described, run and read`() {
        val model = TinyModel.write(folder)
        val options = inProcess(model)

        val summary = ExperimentRunner().run(ownExperiment(model), options)

        assertThat(summary.failures()).isEmpty()
        assertThat(summary.finished().map { it.adapter() }).containsExactly("gated(3)", "PALs(6, heads 3)")
        val scores = summary.finished().first().scores().associate { "${it.task()} ${it.metric()}" to it.value() }
        assertThat(scores.keys).containsExactly("intents accuracy", "cola matthews")
        assertThat(scores["intents accuracy"]).isBetween(0.0, 1.0)

        val runs = RunSet.read(
            summary.finished().map { options.out().resolve("own").resolve(it.trial()) },
            OWN_WORDS,
        )
        val tables = ResultTable.of("own", runs, TableSpec.of { it.rows(listOf("adapter")) })
        assertThat(TableFormat.MARKDOWN.render(tables, TableFormat.ANY_WIDTH)).contains("gated(3)", "PALs(6, heads 3)", "intents")
    }

    @Test
    fun `a trained model answers until it is closed`() {
        val model = TinyModel.write(folder)
        val options = inProcess(model)
        val summary = ExperimentRunner().run(ownExperiment(model), options)
        val run = options.out().resolve("own").resolve(summary.finished().first().trial())

        Palette.load(run) { it.cacheDir(options.cacheDir()).vocabulary(OWN_WORDS) }.use { trained ->
            assertThat(trained.tasks()).containsExactly("intents", "cola")
            val answer = trained.task("intents").predict("play the old song")
            assertThat(answer.text()).isIn("music", "light")
            assertThat(answer.probabilities()["music"]!! + answer.probabilities()["light"]!!).isBetween(0.999, 1.001)
        }
    }

    @Test
    fun `a trial with words of one's own is written and read again`() {
        val trial = ownExperiment(TinyModel(folder)).trials().first()

        assertThat(trial.json()).contains("""{"size":3,"word":"gated"}""", """{"length":2,"word":"inTurns"}""")
        assertThat(TrialJson.read(trial.json(), OWN_WORDS)).isEqualTo(trial)
    }

    @Test
    fun `what is out of range is refused by one's own words as by any other`() {
        assertThatThrownBy { Gated.Options().size(0).build() }
            .isInstanceOf(PaletteException::class.java)
            .hasMessage("size is 0, expected a whole number of at least 1")
    }

    @Test
    fun `options may vary`() {
        val experiment = Experiment.of("sizes") { e ->
            e.encoder(EncoderSource.Directory(folder.toString()))
                .tasks(Intents("intents"))
                .adapter(
                    Axis.choiceOf(
                        listOf(
                            Template.of(Gated::Options).vary("size", Gated.Options::size, Axis.choice(2, 4)),
                            Space.of(Pal(6, 3)),
                        )
                    )
                )
                .samplings(InTurns(1))
        }

        assertThat(experiment.adapters()).containsExactly(Gated(2), Gated(4), Pal(6, 3))
    }
}
