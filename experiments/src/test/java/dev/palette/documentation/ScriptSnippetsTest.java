package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Groovy script of the documentation, every block or line of one, and every piece in a sentence is compiled and evaluated. */
class ScriptSnippetsTest {
    private static final Pattern MODEL = Pattern.compile("hub\\('([^']+)'\\)");

    private static final Vocabulary INSTALLED = Vocabulary.installed();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("scripts")
    void aScriptInAPageDescribesAnExperiment(Page.Code snippet) throws IOException {
        assertThat(load(new ScriptAround(snippet.text())).name()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void aPieceOfAScriptInASentenceIsOne(Page.Code piece) throws IOException {
        assertThat(load(ScriptAround.ofPiece(piece.text()).orElseThrow()).name())
                .isEqualTo("snippet");
    }

    private Experiment load(ScriptAround snippet) throws IOException {
        Path references = Files.createDirectories(folder.resolve("references"));
        Path published = Path.of("references", "stickland-murray-2019.csv");
        Files.copy(published, references.resolve(published.getFileName()));
        cacheModels(snippet.text());
        Path script = Files.writeString(folder.resolve("snippet.groovy"), snippet.text());
        Settings settings =
                Settings.load(new Settings.Sources(script, List.of(), Map.of(), folder.resolve("home"), folder));

        return ExperimentScript.load(script, INSTALLED, settings).experiment();
    }

    /** Lets the cache of the hub know the main branch of every model that is named, so that nobody is asked. */
    private void cacheModels(String text) throws IOException {
        Matcher model = MODEL.matcher(text);
        while (model.find()) {
            Path refs = folder.resolve("home/.cache/huggingface/hub/models--%s/refs"
                    .formatted(model.group(1).replace("/", "--")));
            Files.createDirectories(refs);
            Files.writeString(refs.resolve("main"), "0".repeat(40));
        }
    }

    /** But for the files of pages that are gone through: those are run ({@link TranscriptsTest}). */
    private static List<Page.Code> scripts() {
        return Page.blocks("groovy"::equals).stream()
                .filter(code -> !new Transcript(code.page()).isRun(code.text()))
                .toList();
    }

    /** But for the decisions, which tell of mistakes too. */
    private static List<Page.Code> pieces() {
        return Page.all().stream()
                .filter(page -> !page.file().startsWith(Page.SITE.resolve("decisions")))
                .flatMap(page -> page.inline().stream())
                .filter(code -> ScriptAround.ofPiece(code.text()).isPresent())
                .toList();
    }
}
