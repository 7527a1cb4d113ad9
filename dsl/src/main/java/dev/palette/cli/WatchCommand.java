package dev.palette.cli;

import dev.palette.experiment.Vocabulary;
import dev.palette.report.Console;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.report.page.ResultTables;
import dev.palette.report.watch.WatchScreen;
import dev.palette.report.watch.WatchServer;
import dev.palette.report.watch.WatchText;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette watch}: runs as they go. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows runs as they go: how many are finished, how those at work stand, which variants are best so far; until Ctrl-C.",
            "With --web the same page as palette report's, which follows the runs. It is served to this machine alone, and only to",
            "who has the printed address: it has a token in it."
        },
        footer = {"", "Examples:", "  palette watch", "  palette watch glue-small --web"})
final class WatchCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 1_000;
    private static final int LAST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUNS",
            arity = "0..*",
            description = "a folder of runs, an experiment's name, or a run; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(names = "--web", description = "serves a page on a port of this machine")
    private boolean web;

    @Option(names = "--port", paramLabel = "PORT", description = "the port for --web; default: any that is free")
    private int port;

    @Option(names = "--once", description = "shows how things stand, and ends")
    private boolean once;

    @Override
    public Integer call() throws IOException {
        Range.between("--port", port, 0, LAST_PORT);
        FollowedRuns followed = new FollowedRuns(() -> runs.runs(names), Vocabulary.installed());
        return web ? serve(followed) : show(followed);
    }

    private int serve(FollowedRuns followed) {
        PrintWriter out = spec.commandLine().getOut();
        try (WatchServer server = WatchServer.start(port, followed, ResultTables::of)) {
            out.println(server.address());
            out.println("for this machine alone, until Ctrl-C; whoever has the address can read the runs");
            out.flush();
            while (pause()) {
                // the server's own threads answer
            }
        }
        return ExitCode.FINISHED;
    }

    private int show(FollowedRuns followed) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Console console = once ? Console.plain(System.err) : Console.ofProcess();
        try (WatchScreen screen = WatchScreen.of(console, out)) {
            do {
                Look look = followed.look();
                if (look.runs().isEmpty() && once) {
                    throw new PaletteException("no runs to watch in %s"
                            .formatted(names.isEmpty() ? runs.out() : String.join(", ", names)));
                }
                if (look.changed()) {
                    screen.show(WatchText.of(look, screen.width()));
                }
            } while (!once && pause());
        }
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
