package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.result.RunDetails;
import dev.palette.result.RunEntry;
import dev.palette.result.RunEntry.State;
import dev.palette.result.RunListing;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette show}: one run in full. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows one run: what was asked, by what it is made, what was found, time and memory, its checkpoints and",
            "where its log is."
        },
        footer = {"", "Examples:", "  palette show 1f0c7c", "  palette show runs/glue/1f0c7c6f2f4e9a55 --json"})
final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "RUN", description = "a run's folder, or the beginning of its id")
    private String name;

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(names = "--json", description = "everything, as JSON")
    private boolean json;

    @Override
    public Integer call() {
        RunEntry entry = new RunListing(Vocabulary.installed()).entry(runs.run(name));
        if (entry.state() == State.DAMAGED) {
            throw new PaletteException(String.valueOf(entry.problem()));
        }
        RunDetails details = RunDetails.of(entry);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? details.json().toPrettyString() : RunText.of(details));
        out.flush();
        return ExitCode.FINISHED;
    }
}
