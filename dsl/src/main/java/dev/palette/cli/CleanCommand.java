package dev.palette.cli;

import dev.palette.result.Cleanup;
import dev.palette.result.Cleanup.Leftover;
import dev.palette.session.ExitCode;
import dev.palette.storage.ByteCount;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette clean}: removes what runs left behind and nobody needs. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Lists what is not needed, with sizes, and removes it: stale runs, checkpoints of finished runs other than their best,",
            "and what killed processes left half-written. A stale run that has a result is removed only with --yes.",
            "Runs that are being worked on, and damaged ones, are left alone."
        },
        footer = {"", "Examples:", "  palette clean --dry-run", "  palette clean glue-small --yes"})
final class CleanCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "OUT|EXPERIMENT|RUN",
            arity = "0..*",
            description = "a folder of runs, an experiment's name, or a run; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final RunsOption runs = new RunsOption();

    @Option(names = "--yes", description = "remove stale runs that have a result as well")
    private boolean yes;

    @Option(names = "--dry-run", description = "list what would go, and remove nothing")
    private boolean dryRun;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<List<Leftover>> found = runs.runs(names).stream()
                .map(Cleanup::in)
                .filter(list -> !list.isEmpty())
                .toList();
        found.forEach(list -> list.forEach(leftover -> out.println(line(leftover))));
        out.flush();
        long freed = 0;
        for (List<Leftover> ofRun : dryRun ? List.<List<Leftover>>of() : found) {
            freed += remove(ofRun);
        }
        long kept =
                found.stream().flatMap(List::stream).mapToLong(Leftover::bytes).sum() - freed;
        out.println(summary(found.isEmpty(), freed, kept));
        out.flush();
        return ExitCode.FINISHED;
    }

    private long remove(List<Leftover> ofRun) {
        List<Leftover> allowed = ofRun.stream()
                .filter(leftover -> yes || !leftover.holdsResult())
                .toList();
        if (allowed.isEmpty()) {
            return 0;
        }
        Path run = allowed.get(0).run();
        Optional<List<Leftover>> gone = Cleanup.remove(run, allowed);
        if (gone.isEmpty()) {
            spec.commandLine().getErr().println("%s is being worked on and left alone".formatted(run));
            spec.commandLine().getErr().flush();
        }
        return gone.orElse(List.of()).stream().mapToLong(Leftover::bytes).sum();
    }

    private String line(Leftover leftover) {
        String result = leftover.holdsResult() ? ", has a result" + (yes ? "" : ": stays without --yes") : "";
        return String.format(
                Locale.ROOT,
                "%10s  %s  (%s%s)",
                ByteCount.text(leftover.bytes()),
                leftover.path(),
                leftover.kind().label(),
                result);
    }

    private String summary(boolean nothing, long freed, long kept) {
        if (nothing) {
            return "nothing to remove";
        } else if (dryRun) {
            return "nothing was removed; without --dry-run up to %s go".formatted(ByteCount.text(kept));
        }
        return "%s removed%s".formatted(ByteCount.text(freed), kept > 0 ? ", " + ByteCount.text(kept) + " left" : "");
    }
}
