package dev.palette.kotlin

import dev.palette.spec.PaletteException
import java.nio.file.Path
import kotlin.script.experimental.api.ScriptDiagnostic

/** A script's file and text, and messages that show places in it. */
internal class KotlinSource(private val path: Path, val text: String) {
    val name: String = path.fileName.toString()

    /** The name without its endings. */
    val title: String = name.substringBefore('.')

    /** The folder that relative paths in the script start from. */
    val folder: Path = path.toAbsolutePath().resolveSibling("")

    private val lines = text.lines()

    /** Everything that the compiler found wrong, in the order of the lines. */
    fun mistakes(found: List<ScriptDiagnostic>): PaletteException {
        val places = found.sortedWith(compareBy({ it.location?.start?.line ?: 0 }, { it.location?.start?.col ?: 0 }))
        val texts = places.map { message(it.location?.start?.line, it.location?.start?.col, wording(it.message)) }.distinct()
        val count = if (texts.size > 1) "\n${texts.size} mistakes" else ""
        return PaletteException(texts.joinToString("\n") + count, found.firstNotNullOfOrNull { it.exception })
    }

    /** What a computation of the script's values gives; its problems with the script's line, where they came through one. */
    fun <T> placing(computation: () -> T): T =
        try {
            computation()
        } catch (e: PaletteException) {
            throw placed(e)
        }

    /** What the script stopped with, at its line. */
    fun placed(thrown: Throwable): PaletteException {
        val line = thrown.stackTrace.firstOrNull { it.fileName == name && it.lineNumber in 1..lines.size }?.lineNumber
        val message =
            if (thrown is PaletteException) thrown.message
            else "the script stopped with ${thrown.javaClass.simpleName}: ${thrown.message}"
        return PaletteException(message(line, null, message), thrown)
    }

    private fun message(line: Int?, column: Int?, message: String): String {
        val place = listOfNotNull(path, line, column).joinToString(":")
        val shown = line?.let { lines.getOrNull(it - 1) } ?: return "$place: $message"
        val indent = shown.length - shown.trimStart().length
        val caret = column?.let { "\n    " + " ".repeat((it - 1 - indent).coerceAtLeast(0)) + "^" } ?: ""
        return "$place: $message\n    ${shown.trim()}$caret"
    }

    private fun wording(message: String): String =
        message.replace(Regex("\\n\\s*\\n"), "\n").trim().removeSuffix(".").replaceFirstChar { it.lowercase() }.let { plain ->
            UNRESOLVED.find(plain)?.let { unresolved -> KnownNames.didYouMean(unresolved.groupValues[1]) }?.let { "$plain; $it" } ?: plain
        }

    private companion object {
        val UNRESOLVED = Regex("unresolved reference '(\\w+)'")
    }
}
