package dev.palette.kotlin

import dev.palette.experiment.Vocabulary
import dev.palette.pretrained.EncoderSource
import dev.palette.pretrained.ReleasedEncoders
import dev.palette.task.own.OwnTask
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** Kotlin has a word for each of the vocabulary's, and it makes the same. */
class WordsTest {
    private val vocabulary = Vocabulary.installed()

    @Test
    fun `every adapter and sampling method has its word`() {
        val known = vocabulary.adapters() + vocabulary.samplings() + vocabulary.balancings()

        val made = known.keys.associateWith { name ->
            (words("WordsKt").getMethod(getter(name)).invoke(null) as BlockWord<*, *>).varying().type()
        }

        assertThat(made).isEqualTo(known.mapValues { it.value.type() })
    }

    @Test
    fun `every task has its word`() {
        val made = vocabulary.tasks().keys.map { name ->
            val (group, member) = name.split('.')
            val space = words(group)
            (space.getMethod(getter(member)).invoke(space.getField("INSTANCE").get(null)) as BlockWord<*, *>).invoke() as dev.palette.task.Task
        }

        assertThat(made.map { it.word() }).containsExactlyElementsOf(vocabulary.tasks().keys)
    }

    @Test
    fun `every released encoder has its word`() {
        assertThat(ReleasedEncoders().names()).containsExactly(
            (bertBase.uncased as EncoderSource.Released).name()
        )
    }

    @Test
    fun `a model of the hub is the one that Java names`() {
        assertThat(hub("org/tiny")).isEqualTo(EncoderSource.hub("org/tiny"))
        assertThat(hub("org/tiny", revision = "v1.0")).isEqualTo(EncoderSource.hub("org/tiny", "v1.0"))
    }

    @Test
    fun `a task in own files is the one that Java describes`() {
        assertThat(task("intents") { csv("intents-*.csv"); text("utterance"); label("intent"); trainExamples(100) })
            .isEqualTo(OwnTask.of("intents") { it.csv("intents-*.csv").text("utterance").label("intent").trainExamples(100) })
    }

    private fun words(name: String): Class<*> = Class.forName("dev.palette.kotlin.$name")

    private fun getter(name: String) = "get" + name.replaceFirstChar(Char::uppercase)
}
