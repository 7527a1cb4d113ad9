package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How large an adapter makes the model is counted again, from the script that stands beside the figure. */
class ParameterFiguresTest {
    private static final Path ADAPTERS = Page.SITE.resolve("adapters");
    private static final Pattern SCRIPT = Pattern.compile("\\[`(.*)`]\\(.*\\)");
    private static final Pattern RATIO = Pattern.compile("\\d\\.\\d{4}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("rows")
    void aFigureOfTheTableIsWhatTheAdapterHas(String adapter, String figure) throws IOException {
        Path script = Files.writeString(
                folder.resolve("size.groovy"),
                new ScriptAround("tasks glue.eight\nadapter " + adapter + "\nsampler proportional()\n").text());
        Settings settings =
                Settings.load(new Settings.Sources(script, List.of(), Map.of(), folder.resolve("home"), folder));
        var variant = ExperimentScript.load(script, Vocabulary.installed(), settings)
                .experiment()
                .variants()
                .get(0);

        double ratio = new ModelSizes(folder).of(variant).ratio();
        assertThat(figure).isEqualTo(String.format(Locale.ROOT, "%.4f", ratio));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aFigureOfAPageStandsInTheTable(Path page) {
        List<String> table = rows().map(row -> row[1]).toList();

        assertThat(RATIO.matcher(Page.read(page).text()).results().map(match -> match.group()))
                .allSatisfy(figure -> assertThat(table).contains(figure));
    }

    private static Stream<String[]> rows() {
        return Page.read(ADAPTERS.resolve("index.md")).rows().stream().flatMap(cells -> {
            Matcher script = SCRIPT.matcher(cells.get(0));
            return script.matches() ? Stream.of(new String[][] {{script.group(1), cells.get(2)}}) : Stream.of();
        });
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ADAPTERS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }
}
