package dev.palette.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.result.RunDifference;
import dev.palette.result.StoredRun;
import dev.palette.session.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette diff}: what is otherwise in one run than in another. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows what differs between two runs: what was asked, option by option; code, libraries, machine, weights and",
            "data; and the scores. Runs that differ are no error."
        },
        footer = {
            "",
            "Examples:",
            "  palette diff 1f0c7c 8d2e01",
            "  palette diff runs/a/1f0c7c6f2f4e9a55 8d2e01 --json"
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "RUN", description = "a run's folder, or the beginning of its id")
    private String first;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "RUN", description = "the run that is compared with it")
    private String second;

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(names = "--json", description = "a list for each part, with field, before and now")
    private boolean json;

    @Override
    public Integer call() {
        StoredRun before = new StoredRun(runs.run(first));
        StoredRun now = new StoredRun(runs.run(second));
        RunDifference difference = RunDifference.of(before, now);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? json(before, now, difference) : text(before, now, difference));
        out.flush();
        return ExitCode.FINISHED;
    }

    private static String text(StoredRun before, StoredRun now, RunDifference difference) {
        return "%s → %s%n%s".formatted(before.folder(), now.folder(), difference.text());
    }

    private static String json(StoredRun before, StoredRun now, RunDifference difference) {
        ObjectNode tree = difference.json();
        return tree.put("from", before.folder().toString())
                .put("to", now.folder().toString())
                .toPrettyString();
    }
}
