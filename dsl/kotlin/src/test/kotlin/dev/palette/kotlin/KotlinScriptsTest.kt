package dev.palette.kotlin

import dev.palette.adapter.Pal
import dev.palette.adapter.Shared
import dev.palette.dsl.ExperimentScript
import dev.palette.experiment.Settings
import dev.palette.experiment.Vocabulary
import dev.palette.spec.PaletteException
import java.nio.file.Files
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowableOfType
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** A `.palette.kts` script says what a Groovy script says, and is refused as clearly. */
class KotlinScriptsTest {
    @TempDir
    private lateinit var folder: Path

    @Test
    fun `it describes the experiment that the same words describe in Groovy`() {
        val groovy = load("same.groovy", """
            def architecture = choice('architecture', [shared(), pal { size 12; heads 6 }])
            experiment('same') {
                encoder bertBase.uncased
                layers 2
                dataDir 'data'
                tasks glue.cola, glue.mrpc { name 'paraphrase' }
                adapter architecture
                sampler annealed { from 1.0; phases 5 }
                train {
                    steps 60; batchSize 16; precision fp32
                    optimizer bertAdam { learningRate 5e-5 }
                    evaluate { every 30; selectOn holdout(0.1); keepBest average.paper }
                }
                run { devices 'cpu' }
                sweep { seeds 1..2 }
                results { table { rows architecture; columns 'cola.matthews'; compare architecture, shared() } }
            }
        """)
        val kotlin = load("same.palette.kts", """
            val architecture = choice("architecture", listOf(shared(), pal { size(12); heads(6) }))
            experiment("same") {
                results { table { rows(architecture); columns("cola.matthews"); compare(architecture, shared()) } }
                encoder(bertBase.uncased)
                layers(2)
                dataDir("data")
                tasks(glue.cola(), glue.mrpc { name("paraphrase") })
                adapter(architecture)
                sampler(annealed { from(1.0); phases(5) })
                train {
                    steps(60); batchSize(16); precision(Precision.FP32)
                    optimizer(bertAdam { learningRate(5e-5) })
                    evaluate { every(30); selectOn(holdout(0.1)); keepBest(Average.PAPER) }
                }
                run { devices("cpu") }
                sweep { seeds(1..2) }
            }
        """)

        assertThat(kotlin.experiment().trials()).isEqualTo(groovy.experiment().trials()).hasSize(4)
        assertThat(kotlin.runPlan()).isEqualTo(groovy.runPlan())
        assertThat(kotlin.table()).isEqualTo(groovy.table())
        assertThat(kotlin.settings().dataDirectory()).isEqualTo(groovy.settings().dataDirectory())
        assertThat(kotlin.fileName()).isEqualTo("same.palette.kts")
    }

    @Test
    fun `options vary as axes`() {
        val experiment = load("sizes.palette.kts", complete("""
            adapter(choiceOf(Space.of(shared()), pal.varying { heads(6) }.vary(Pal.Options::size, choice(12, 24))))
            train({ steps(20) }) { vary(Training.Options::batchSize, choice(8, 16)) }
        """)).experiment()

        assertThat(experiment.adapters()).containsExactly(Shared(), Pal.of { it.size(12).heads(6) }, Pal.of { it.size(24).heads(6) })
        assertThat(experiment.variants().map { it.training().batchSize() }).containsExactly(8, 16, 8, 16, 8, 16)
    }

    @Test
    fun `settings of files stand below it and those of the command line above`() {
        Files.writeString(folder.resolve("palette.properties"), "train.optimizer.weightDecay = 0.5\ntrain.evaluate.every = 7\n")
        val training = load("set.palette.kts", complete("""
            adapter(shared())
            train { steps(20); optimizer(bertAdam { learningRate(1e-4) }); evaluate { selectOn(dev) } }
        """), "train.steps=30").experiment().training()

        assertThat(training.steps()).isEqualTo(30)
        assertThat(training.optimizer().weightDecay()).isEqualTo(0.5)
        assertThat(training.optimizer().learningRate()).isEqualTo(1e-4)
        assertThat(training.evaluate().every()).isEqualTo(7)
    }

    @Test
    fun `all mistakes are named at once, each at its place`() {
        val message = messageOf("wrong.palette.kts", """
            experiment("wrong") {
                adapter(pal { sizes(12) })
                sampler(proportionall())
                train { encoder(bertBase.uncased); steps("many") }
            }
        """)

        assertThat(message).contains(
            "wrong.palette.kts:2:19: unresolved reference 'sizes'; did you mean 'size'?\n    adapter(pal { sizes(12) })\n                  ^",
            "wrong.palette.kts:3:13: unresolved reference 'proportionall'; did you mean 'proportional'?",
            "wrong.palette.kts:4:13:",
            "wrong.palette.kts:4:46: ",
        ).endsWith("4 mistakes")
    }

    @Test
    fun `what is wrong with a value is said with its line`() {
        assertThat(messageOf("range.palette.kts", complete("adapter(pal { size(0) })")))
            .endsWith("range.palette.kts:5: size is 0, expected a whole number of at least 1\n    adapter(pal { size(0) })")
    }

    @Test
    fun `a class of the script's own is refused before anything is run`() {
        val message = messageOf("own.palette.kts", """
            @JvmRecord data class Own(val steps: Int) : TaskSampling {
                override fun label() = "own"
                override fun sampler(tasks: dev.palette.sampler.TaskSizes, draws: Long) = TaskSampler { _, _, _ -> 0 }
            }
        """.trimIndent() + "\n" + complete("adapter(shared())").replace("proportional()", "Own(1)"))

        assertThat(message).contains("unknown sampling method 'own'", "comes from a plug-in")
    }

    @Test
    fun `a script without an experiment says what to begin with`() {
        assertThat(messageOf("none.palette.kts", "val x = 5"))
            .endsWith("the script describes no experiment; begin with: experiment(\"none\") { … }")
    }

    private fun complete(lines: String) =
        "experiment(\"try\") {\n    encoder(bertBase.uncased)\n    tasks(glue.cola(), glue.mrpc())\n    sampler(proportional())\n    ${lines.trimIndent()}\n}\n"

    private fun messageOf(name: String, text: String): String {
        val thrown = catchThrowableOfType(PaletteException::class.java) { load(name, text) }
        return thrown.message.replace("$folder/", "")
    }

    private fun load(name: String, text: String, vararg assignments: String): ExperimentScript {
        val script = Files.writeString(folder.resolve(name), text.trimIndent())
        val sources = Settings.Sources(script, assignments.asList(), mapOf(), folder.resolve("home"), folder)
        return ExperimentScript.load(script, Vocabulary.installed(), Settings.load(sources))
    }
}
