package dev.palette.cli;

import dev.palette.report.LogTail;
import dev.palette.result.RunListing;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette logs}: what a run wrote into its log, and what it goes on to write. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints a run's log; with -f also what is written from now on, until the run ends.",
        footer = {"", "Examples:", "  palette logs 1f0c7c", "  palette logs -f runs/glue/1f0c7c6f2f4e9a55"})
final class LogsCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 200;
    private static final String LOG = "run.log";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "RUN", description = "a run's folder, or the beginning of its id")
    private String name;

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(
            names = {"-f", "--follow"},
            description = "go on until the run ends, whatever becomes of the file meanwhile")
    private boolean follow;

    @Override
    public Integer call() {
        Path run = runs.run(name);
        Path log = run.resolve(LOG);
        boolean running = RunListing.isRunning(run);
        if (!Files.exists(log) && !(follow && running)) {
            throw new PaletteException(
                    "the run %s has no log yet; it is written while the run is worked on".formatted(run));
        }
        PrintWriter out = spec.commandLine().getOut();
        LogTail tail = new LogTail(log, out);
        tail.printNew();
        while (follow && RunListing.isRunning(run) && !out.checkError() && pause()) {
            tail.printNew();
        }
        tail.printRest();
        out.flush();
        return ExitCode.FINISHED;
    }

    /** Waits a moment; false when the process is being ended. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
