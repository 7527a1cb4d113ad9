package dev.palette.kotlin

import dev.palette.api.TinyModel
import dev.palette.dsl.ExperimentScript
import dev.palette.experiment.RunPlan
import dev.palette.experiment.Settings
import dev.palette.experiment.Vocabulary
import dev.palette.pretrained.EncoderSource
import dev.palette.runner.RunOptions
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Files
import java.nio.file.Path
import java.util.stream.Collectors
import kotlin.io.path.extension
import kotlin.io.path.readText
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** The programs of the site's pages are compiled here, and run. */
class PagesTest {
    @TempDir
    private lateinit var folder: Path

    @Test
    fun `whole programs of pages are sources of these tests`() {
        val sources = Files.walk(Path.of("src/test")).use { files -> files.filter { it.extension in PROGRAMS }.collect(Collectors.toList()) }
            .map { it.readText().replace("package dev.palette.inkotlin", "package org.example") }

        val programs = blocks("api.md", PROGRAMS) + blocks("plug-ins.md", setOf("kt", "kotlin"))

        assertThat(programs.filter { it.startsWith("package ") }).hasSize(6).allSatisfy { assertThat(sources).contains(it) }
    }

    @Test
    fun `the Java program prints scores and an answer`() {
        val model = TinyModel.write(folder)

        val printed = printedBy { org.example.Compare.run(org.example.Compare.experiment(encoder(model)), options(model)) }

        assertThat(printed).hasSize(5).last().isIn("0", "1")
    }

    @Test
    fun `the Kotlin program prints what the Java program prints`() {
        val model = TinyModel.write(folder)

        val printed = printedBy { org.example.run(org.example.experiment(encoder(model)), options(model)) }

        assertThat(printed).hasSize(5).last().isIn("0", "1")
        assertThat(org.example.experiment(encoder(model)).trials())
            .isEqualTo(org.example.Compare.experiment(encoder(model)).trials())
    }

    @Test
    fun `scripts of pages describe experiments`() {
        val script = Files.writeString(folder.resolve("page.palette.kts"), blocks("api.md", setOf("kts")).single())

        val experiment = ExperimentScript.load(
            script,
            Vocabulary.installed(),
            Settings.load(Settings.Sources(script, listOf(), mapOf(), folder.resolve("home"), folder)),
        ).experiment()

        assertThat(experiment.trials()).hasSize(4)
    }

    private fun encoder(model: TinyModel) = EncoderSource.Directory(model.encoder().toString())

    private fun options(model: TinyModel): RunOptions = RunOptions.of {
        it.out(folder.resolve("runs")).dataDir(model.data()).cacheDir(folder.resolve("cache")).threads(1)
            .plan(RunPlan.of { plan -> plan.inProcess(true) })
    }

    private fun printedBy(program: () -> Unit): List<String> {
        val standard = System.out
        val printed = ByteArrayOutputStream()
        System.setOut(PrintStream(printed))
        try {
            program()
        } finally {
            System.setOut(standard)
        }
        return printed.toString().lines().filter { it.isNotEmpty() }
    }

    private fun blocks(page: String, languages: Set<String>): List<String> =
        FENCED.findAll(Path.of("../../src/site/markdown").resolve(page).readText())
            .filter { it.groupValues[1] in languages }
            .map { it.groupValues[2] }
            .toList()

    private companion object {
        val PROGRAMS = setOf("java", "kotlin", "kt")
        val FENCED = Regex("^```(\\w*)\\n(.*?)^```$", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))
    }
}
