package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.session.ExitCode;
import dev.palette.words.Dictionary;
import dev.palette.words.DictionaryJson;
import dev.palette.words.DictionaryText;
import dev.palette.words.Gdsl;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette words}: the words of scripts, with what each takes and means. */
@Command(
        name = "words",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists every word that a script may use, those of plug-ins too; of one WORD says everything: type, range,",
            "default, meaning and source."
        },
        footer = {
            "",
            "Examples:",
            "  palette words",
            "  palette words pal",
            "  palette words learningRate",
            "  palette words --json",
            "  palette words --gdsl > palette-with-plugins.gdsl"
        })
final class WordsCommand implements Callable<Integer> {
    private static final int WIDEST = 110; // longer lines are hard to read

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "WORD", arity = "0..1", description = "a word or an option; default: all")
    private @Nullable String word;

    @Option(names = "--json", description = "everything, as JSON")
    private boolean json;

    @Option(names = "--gdsl", description = "all, plug-ins' words too, as a script that tells them to IntelliJ IDEA")
    private boolean gdsl;

    @Override
    public Integer call() {
        if (gdsl) {
            spec.commandLine().getOut().print(Gdsl.of(Vocabulary.installed()));
            spec.commandLine().getOut().flush();
            return ExitCode.FINISHED;
        }
        Dictionary dictionary = Dictionary.of(Vocabulary.installed());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? asJson(dictionary) : asText(dictionary));
        out.flush();
        return ExitCode.FINISHED;
    }

    private String asJson(Dictionary dictionary) {
        return (word == null ? DictionaryJson.of(dictionary) : DictionaryJson.of(dictionary, word)).toPrettyString();
    }

    private String asText(Dictionary dictionary) {
        int width = Math.min(WIDEST, Console.ofProcess().width());
        return word == null ? DictionaryText.of(dictionary, width) : DictionaryText.of(dictionary, word, width);
    }
}
