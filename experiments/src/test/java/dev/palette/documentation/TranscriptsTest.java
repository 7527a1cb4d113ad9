package dev.palette.documentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages with commands and their outputs are gone through as a reader would: every file is written, every command given, and what it prints
 * compared with the page. In BERT-base's place stands a tiny encoder, so numbers are not.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pages' commands are of a POSIX shell")
class TranscriptsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageShowsIsWhatItsReaderSees(Page page) throws IOException {
        Transcript transcript = new Transcript(page);
        Map<String, String> files = transcript.files();
        Workplace workplace =
                new Workplace(folder.toRealPath(), PluginOfPage.compile(files, folder.resolve("plug-in")));
        for (Map.Entry<String, String> file : files.entrySet()) {
            workplace.write(file.getKey(), file.getValue());
        }

        SoftAssertions.assertSoftly(pages -> {
            for (Transcript.Step step : transcript.steps()) {
                transcript.check(pages, step, workplace.run(transcript.command(step)));
            }
        });
    }

    private static List<Page> pages() {
        return Page.all().stream()
                .filter(page -> page.blocks().stream()
                        .anyMatch(block -> block.language().equals("console")))
                .toList();
    }
}
