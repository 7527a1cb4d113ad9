package dev.palette.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.Chromium;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import dev.palette.storage.LockedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code palette watch --web} in a browser. Skipped where there is no Chromium. */
class WatchInBrowserTest {
    @TempDir
    private Path folder;

    @Test
    void thePageFollowsTheRunsAndLeavesTheReadersChoicesAlone() throws IOException, InterruptedException {
        Path out = folder.resolve("runs");
        SampleRuns sample = SampleRuns.grid(out);
        List<Trial> trials = sample.trials(1);
        sample.finish(trials.subList(0, 6));
        RunDirectory run = sample.begin(trials.get(6), 20);
        FollowedRuns runs = new FollowedRuns(() -> RunFolders.in(out), Vocabulary.installed());
        try (Chromium browser = Chromium.start(Files.createDirectory(folder.resolve("profile")));
                WatchServer server = WatchServer.start(0, runs, look -> List.of());
                LockedFolder held = run.tryLock().orElseThrow()) {
            assertThat(held).isNotNull();
            browser.load(server.address().toString());
            browser.await("document.getElementById('made').textContent.startsWith('6 of 7 runs finished, 1 running')");
            browser.await("document.getElementById('connection').textContent.startsWith('Live')");
            browser.evaluate("document.querySelectorAll('#filters input[type=checkbox]')[0].click()");
            browser.evaluate("document.querySelector('#curves select').focus()");
            String shown = browser.evaluate("document.getElementById('filter-status').textContent")
                    .asText();

            sample.log(run, trials.get(6), 21, 77);

            browser.await("page.data.runs.some(run => run.step === 77)");
            assertThat(browser.evaluate("document.getElementById('machines').textContent")
                            .asText())
                    .contains("77/120");
            assertThat(browser.evaluate("document.getElementById('filter-status').textContent")
                            .asText())
                    .isEqualTo(shown);
            assertThat(browser.evaluate("document.activeElement.tagName").asText())
                    .isEqualTo("SELECT");
            assertThat(browser.errors()).isEmpty();
        }
    }
}
