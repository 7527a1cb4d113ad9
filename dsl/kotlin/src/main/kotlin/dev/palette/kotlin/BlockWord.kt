package dev.palette.kotlin

import dev.palette.experiment.Space
import dev.palette.experiment.Template
import dev.palette.spec.Block
import java.util.function.UnaryOperator
import kotlin.reflect.KFunction2

/** Keeps the words of one block out of the blocks inside it: `encoder` means nothing within `train { }`. */
@DslMarker
@Target(AnnotationTarget.CLASS, AnnotationTarget.TYPE)
annotation class PaletteDsl

/**
 * A word with a block of options: `pal { size(204); heads(6) }`, or `shared()` where the defaults will do.
 *
 * @param T what it describes
 * @param B the block of its options
 */
class BlockWord<T : Any, B : Block<out T>> internal constructor(private val newBlock: () -> B) {
    /** What the options describe. */
    operator fun invoke(options: (@PaletteDsl B).() -> Unit = {}): T = newBlock().apply(options).build()

    /**
     * The same where further options vary, each of which is added by [vary]:
     * `pal.varying { heads(6) }.vary(Pal.Options::size, integer(48, 300, 6))`.
     */
    fun varying(options: (@PaletteDsl B).() -> Unit = {}): Template<T, B> =
        Template<T, B>(newBlock, listOf(), UnaryOperator.identity()).with { it.options() }
}

/** The word of a description that has a block of options, a plug-in's above all: `val bias = word(Bias::Options)`. */
fun <T : Any, B : Block<out T>> word(newBlock: () -> B): BlockWord<T, B> = BlockWord(newBlock)

/** The same with an option that varies: `.vary(Pal.Options::size, choice(102, 204))`. */
fun <T : Any, B : Block<out T>, V : Any> Template<T, B>.vary(
    option: KFunction2<B, V, B>,
    values: Space<out V>,
): Template<T, B> = vary(option.name, { block, value -> option(block, value) }, values)
