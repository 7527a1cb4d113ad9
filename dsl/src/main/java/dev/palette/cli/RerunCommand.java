package dev.palette.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.Provenance;
import dev.palette.result.RunDifference;
import dev.palette.result.RunDifference.Part;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import dev.palette.result.RunState;
import dev.palette.result.StoredRun;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.session.Session;
import dev.palette.spec.PaletteException;
import dev.palette.storage.LockedFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette rerun}: runs a finished trial once more, and reports every difference. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs a finished trial again from its own description, with the threads and the kernels of then, and reports",
            "every difference: code, libraries, machine, weights, data, and numbers down to the last bit of every loss.",
            "The run itself stays as it is; the new one is kept in a folder of its own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the numbers are the same",
            "1:they are not, or the trial failed",
            "2:the input is wrong; the message says what to put right",
            "130:stopped; the same command goes on from the last checkpoint"
        },
        footer = {"", "Examples:", "  palette rerun 1f0c7c", "  palette rerun 1f0c7c --data glue_data --to /tmp/again"})
final class RerunCommand implements Callable<Integer> {
    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "RUN", description = "a run's folder, or the beginning of its id")
    private String name;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "where the new run is kept; default: the folder reruns beside that of all runs")
    private @Nullable Path to;

    @Option(names = "--json", description = "the differences as JSON")
    private boolean json;

    @Mixin
    private final DataOption data = new DataOption();

    RerunCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Integer call() {
        Settings settings = data.settings();
        Path folder = RunFolders.named(name, settings.out());
        StoredRun before = new StoredRun(folder);
        if (before.result().isEmpty()) {
            throw new PaletteException(
                    "%s has no result that another could be compared with; finish it first: palette resume %s"
                            .formatted(folder, name));
        }
        Trial trial = RunDirectory.trial(folder, Vocabulary.installed());
        Path reruns = to == null ? settings.out().resolveSibling("reruns") : to.toAbsolutePath();
        RunDirectory again = RunDirectory.of(reruns, before.experiment(), trial);
        if (again.folder().equals(before.folder())) {
            throw new PaletteException("--to %s is where the run itself lies; name another folder".formatted(reruns));
        }
        if (again.state() == RunState.FINISHED) {
            say("it was run again before, in %s, which is compared; remove that folder to run it once more"
                    .formatted(again.folder()));
        } else {
            begin(again, trial, before.provenance());
            RunOptions options = options(settings, before.provenance(), reruns);
            Session session = new Session(
                    backend, spec.commandLine().getOut(), spec.commandLine().getErr());
            RunSummary summary = session.run(before.experiment(), List.of(trial), options);
            int code = session.end(summary);
            if (code != ExitCode.FINISHED) {
                return code;
            }
        }
        return report(before, new StoredRun(again.folder()));
    }

    /** Where nothing is begun yet, the run begins on the kernels and threads of then: the last bits of its numbers hang on them. */
    private static void begin(RunDirectory again, Trial trial, Provenance then) {
        if (again.state() != RunState.ABSENT) {
            return;
        }
        Provenance asThen = Provenance.present(
                        trial, then.device(), then.kernels(), then.threads(), then.weights(), then.data())
                .withReplicas(then.replicas());
        try (LockedFolder lock = again.tryLock()
                .orElseThrow(() -> new PaletteException(
                        "%s is being worked on by another process; wait for it".formatted(again.folder())))) {
            again.open(asThen);
        }
    }

    private static RunOptions options(Settings settings, Provenance then, Path out) {
        RunPlan.Options plan = settings.runPlan().toBlock().replicas(then.replicas());
        if (!settings.isSetAbove("run.devices")) {
            plan.devices(then.device().equals("cpu") ? "cpu" : RunPlan.AUTO);
        }
        return new RunOptions(
                out,
                settings.dataDirectory().orElse(null),
                settings.cacheDirectory(),
                then.threads() * then.replicas(),
                settings.checkpoints(),
                false,
                plan.build());
    }

    private int report(StoredRun before, StoredRun now) {
        RunDifference difference = RunDifference.of(before, now);
        boolean same = difference.of(Part.NUMBERS).isEmpty();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode tree = difference.json();
            tree.put("from", before.folder().toString())
                    .put("to", now.folder().toString())
                    .put("sameNumbers", same);
            out.println(tree.toPrettyString());
        } else {
            out.println("%s → %s".formatted(before.folder(), now.folder()));
            out.println(difference.text());
            out.println(
                    same
                            ? "the numbers are the same to the last bit: every score, and every loss on the way"
                            : "the numbers are not the same");
        }
        out.flush();
        return same ? ExitCode.FINISHED : ExitCode.FAILED;
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
