package dev.palette.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.Curves;
import dev.palette.report.analysis.ExampleTexts;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.report.analysis.Report;
import dev.palette.result.RunFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a file, looked at without a browser. */
class ReportPageTest {
    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private static Path out;

    private static String page;

    @BeforeAll
    static void write() {
        SampleRuns sample = SampleRuns.grid(out);
        sample.finish(sample.trials(1, 2));
        PageTable table = new PageTable(
                SampleRuns.HOSTILE, List.of("a", "b"), 1, List.of(List.of(SampleRuns.HOSTILE, "1.0")), List.of());
        page = ReportPage.alone(report(), List.of(table));
    }

    private static Report report() {
        return Report.of(
                new FollowedRuns(() -> RunFolders.in(out), Vocabulary.installed()).look(), ExampleTexts.none());
    }

    @Test
    void itsScriptsAreItsDataTheLibraryAndItsCodeWhateverRunsAreCalled() {
        assertThat(scripts()).hasSize(3);
        assertThat(page.split("</script", -1)).hasSize(4);
        assertThat(page).doesNotContain("<img src=x", "onerror=\"");
    }

    @Test
    void itsPolicyNamesExactlyItsScripts() throws NoSuchAlgorithmException {
        Matcher policy = Pattern.compile("script-src ([^;]*);").matcher(page);
        assertThat(policy.find()).isTrue();
        List<String> hashes = new ArrayList<>();
        for (String script : scripts().subList(1, 3)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
        assertThat(policy.group(1).split(" ")).containsExactlyElementsOf(hashes);
        assertThat(page).contains("default-src 'none'", "connect-src 'none'");
    }

    @Test
    void itLoadsNothing() {
        assertThat(page.substring(0, page.indexOf("<script")))
                .doesNotContainPattern("(src|href)=\"(?!#|data:)")
                .doesNotContain("@import", "url(");
    }

    @Test
    void itsDataIsReadBack() throws IOException {
        JsonNode data = new ObjectMapper().readTree(scripts().get(0));

        assertThat(data.get("title").asText()).isEqualTo(SampleRuns.NAME);
        assertThat(data.get("variants")).hasSize(18);
        assertThat(data.get("runs")).hasSize(36);
        assertThat(data.at("/axes/0/label").asText()).isEqualTo("architecture");
        assertThat(data.at("/scripts/0/source").asText()).contains(SampleRuns.HOSTILE);
        assertThat(data.at("/tables/0/title").asText()).isEqualTo(SampleRuns.HOSTILE);
        assertThat(data.get("origins")).hasSize(1);
        assertThat(data.at("/variants/0/asked").asText()).contains("\"adapter\"");
    }

    @Test
    void aPageOfAServerMayAskThatServerAlone() {
        assertThat(ReportPage.live(report(), List.of(), "data"))
                .contains("connect-src 'self'", "<body data-live=\"data\">");
    }

    @Test
    void curvesOfManyVariantsAreBounded(@TempDir Path folder) {
        SampleRuns sample = SampleRuns.random(folder, 200, 60);
        sample.finish(sample.trials(1));
        Curves curves = Report.of(
                        new FollowedRuns(() -> RunFolders.in(folder), Vocabulary.installed()).look(),
                        ExampleTexts.none())
                .curves();

        long numbers = curves.list().stream()
                .mapToLong(curve -> curve.mean().length
                        + curve.low().length
                        + curve.high().length
                        + curve.seeds().stream()
                                .mapToLong(seed -> seed.values().length)
                                .sum())
                .sum();
        assertThat(curves.variants()).isEqualTo(200);
        assertThat(numbers).isBetween(50_000L, 400_000L);
    }

    private static List<String> scripts() {
        List<String> scripts = new ArrayList<>();
        Matcher found = SCRIPT.matcher(page);
        while (found.find()) {
            scripts.add(found.group(2));
        }
        return scripts;
    }
}
