package dev.palette.cli;

import dev.palette.dsl.ExperimentScript;
import dev.palette.dsl.Lexicon;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.session.ExitCode;
import dev.palette.words.Spelling;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette config}: every setting, its value, and where that was set. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows every setting with its value and its origin: default, a file and its line, an environment variable, the",
            "script's line, or --set. Each counts more than those before it."
        },
        footer = {
            "",
            "Examples:",
            "  palette config",
            "  palette config experiments/quickstart.groovy --set train.batchSize=8",
            "  palette config --json"
        })
final class ConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCRIPT",
            arity = "0..1",
            description = "an experiment, whose settings are shown; default: those of every one")
    private @Nullable Path script;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting, over all others; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--json", description = "an array with an object a setting")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = Settings.load(Settings.Sources.ofProcess(script, assignments));
        Vocabulary vocabulary = Vocabulary.installed();
        Spelling spelling = Spelling.brief(Lexicon.of(vocabulary));
        SettingsTable table = script == null
                ? SettingsTable.of(settings, spelling)
                : SettingsTable.of(ExperimentScript.load(script, vocabulary, settings), spelling);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? table.json().toPrettyString() : table.text());
        out.flush();
        return ExitCode.FINISHED;
    }
}
