package dev.palette.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.Chromium;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.ExampleTexts;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.report.analysis.Report;
import dev.palette.result.RunFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report's file in a browser, as a person who opens it by a double click has it. Skipped where there is no Chromium. */
class ReportInBrowserTest {
    private static final List<String> SECTIONS =
            List.of("results", "curves", "draws", "pareto", "sweep", "errors", "machines", "provenance");

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path file;

    @BeforeAll
    static void write() throws IOException, InterruptedException {
        browser = Chromium.start(Files.createDirectory(folder.resolve("profile")));
        Path out = folder.resolve("runs");
        SampleRuns sample = SampleRuns.grid(out);
        List<Trial> trials = sample.trials(1, 2);
        sample.finish(trials.subList(0, 34));
        sample.begin(trials.get(34), 60);
        Report report = Report.of(
                new FollowedRuns(() -> RunFolders.in(out), Vocabulary.installed()).look(), ExampleTexts.none());
        PageTable table = new PageTable(
                SampleRuns.HOSTILE,
                List.of(SampleRuns.HOSTILE, "b"),
                1,
                List.of(List.of(SampleRuns.HOSTILE, "1")),
                List.of());
        file = Files.writeString(folder.resolve("report.html"), ReportPage.alone(report, List.of(table)));
    }

    @AfterAll
    static void close() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() {
        browser.prefers("prefers-color-scheme", "light");
        browser.load(file.toUri().toString());
    }

    @AfterEach
    void nothingWentWrong() {
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void everyPartIsThereAndEveryChartIsDrawn() {
        for (String section : SECTIONS) {
            assertThat(browser.evaluate("document.querySelectorAll('section#%s h2').length".formatted(section))
                            .asInt())
                    .as(section)
                    .isOne();
        }
        assertThat(browser.evaluate("document.querySelectorAll('.chart').length")
                        .asInt())
                .isEqualTo(6);
        drawEverything();
        assertThat(browser.evaluate(
                        "[...document.querySelectorAll('.chart')].map(chart => chart.querySelectorAll('path').length)"))
                .allMatch(paths -> paths.asInt() > 5);
    }

    @Test
    void whatRunsAndExamplesAreCalledIsText() {
        drawEverything();
        browser.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })");

        assertThat(browser.evaluate("String(window.hit)").asText()).isEqualTo("undefined");
        assertThat(browser.evaluate("document.querySelectorAll('body img').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('caption').textContent")
                        .asText())
                .isEqualTo(SampleRuns.HOSTILE);
        assertThat(browser.evaluate("document.querySelector('#provenance pre').textContent")
                        .asText())
                .contains(SampleRuns.HOSTILE);
    }

    @Test
    void aFilterNarrowsTablesAndCharts() {
        assertThat(shown()).isEqualTo("18 of 18 variants shown");

        browser.evaluate(
                "[...document.querySelectorAll('#filters label')].find(label => label.textContent.includes('PALs(204)'))"
                        + ".querySelector('input').click()");

        assertThat(shown()).isEqualTo("12 of 18 variants shown");
        assertThat(browser.evaluate("[...document.querySelectorAll('#results tbody th')].map(cell => cell.textContent)")
                        .toString())
                .contains("shared")
                .doesNotContain("PALs(204)");
        drawEverything();
        browser.evaluate("document.querySelector('#curves details').open = true");
        browser.await("document.querySelector('#curves details table')");
        assertThat(browser.evaluate("document.querySelector('#curves details table').textContent")
                        .asText())
                .doesNotContain("PALs(204)");

        browser.evaluate("document.querySelector('#filters button[type=reset]').click()");
        browser.await("document.getElementById('filter-status').textContent === '18 of 18 variants shown'");
    }

    @Test
    void filtersAndSortingWorkByKeyboardAlone() {
        browser.press("Tab", 9, "");
        assertThat(browser.evaluate("document.activeElement.className").asText())
                .isEqualTo("skip");
        tabTo("document.activeElement.type === 'checkbox'");
        browser.press(" ", 32, " ");
        assertThat(shown()).isEqualTo("12 of 18 variants shown");

        tabTo("document.activeElement.textContent === 'learningRate'");
        browser.press("Enter", 13, "\r");
        assertThat(browser.evaluate("document.activeElement.closest('th').getAttribute('aria-sort')")
                        .asText())
                .isEqualTo("descending");
        assertThat(browser.evaluate("document.querySelector('#results tr:first-child td:nth-child(3)').textContent")
                        .asText())
                .isEqualTo("3e-4");
    }

    @Test
    void chartsHaveNamesAndTheirFiguresAsTables() {
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.chart')].every("
                                        + "chart => chart.getAttribute('role') === 'img' && chart.getAttribute('aria-label').length > 20)")
                        .asBoolean())
                .isTrue();
        browser.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })");
        browser.await("[...document.querySelectorAll('figure details')].every(part => part.querySelector('table'))");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('table')].every(table => table.caption && table.querySelector('th[scope]'))")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
    }

    @Test
    void darkPagesAreDark() {
        assertThat(background()).isEqualTo("rgb(255, 255, 255)");
        browser.prefers("prefers-color-scheme", "dark");
        assertThat(background()).isEqualTo("rgb(15, 20, 26)");
        drawEverything();
    }

    @Test
    void onPaperEveryChartIsThere() {
        byte[] paper = browser.pdf();

        assertThat(new String(paper, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        assertThat(browser.evaluate("[...document.querySelectorAll('.chart')].every(chart => chart.dataset.drawn)")
                        .asBoolean())
                .isTrue();
    }

    private static void drawEverything() {
        for (int i = 0; i < 6; i++) {
            browser.evaluate(
                    "document.querySelectorAll('.chart')[%d].scrollIntoView({ behavior: 'instant' })".formatted(i));
            browser.await("document.querySelectorAll('.chart')[%d].dataset.drawn".formatted(i));
        }
    }

    private static void tabTo(String condition) {
        for (int i = 0; i < 100 && !browser.evaluate(condition).asBoolean(); i++) {
            browser.press("Tab", 9, "");
        }
        assertThat(browser.evaluate(condition).asBoolean()).as(condition).isTrue();
    }

    private static String shown() {
        return browser.evaluate("document.getElementById('filter-status').textContent")
                .asText();
    }

    private static String background() {
        return browser.evaluate("getComputedStyle(document.body).backgroundColor")
                .asText();
    }
}
