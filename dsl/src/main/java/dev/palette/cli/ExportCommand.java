package dev.palette.cli;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.export.CatchUp;
import dev.palette.export.Export;
import dev.palette.result.RunFolders;
import dev.palette.result.StoredRun;
import dev.palette.session.ExitCode;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
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

/** {@code palette export}: takes runs that are there to TensorBoard, MLflow or CSV files; or prints one's script. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Without --to: prints the script that asks for what one RUN was asked for, every option in it.",
            "With --to: exports runs, finished or not: settings, metrics and results. A server is not sent again what it",
            "has; files are written anew.",
            "With a setting such as export.tensorboard=true runs are exported by themselves while they go on."
        },
        footer = {
            "",
            "Examples:",
            "  palette export 1f0c7c > again.groovy",
            "  palette export runs/glue --to tensorboard",
            "  palette export runs/glue --to mlflow --uri http://127.0.0.1:5000",
            "  palette export --to csv --out /tmp/csv"
        })
final class ExportCommand implements Callable<Integer> {
    private static final long NANOS_BETWEEN_LINES = 10_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUNS",
            arity = "0..*",
            description =
                    "a folder of runs, an experiment's name, or a run; default: all in the folder of all runs (setting out)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "WORD",
            description = "tensorboard, mlflow, csv, or what a plug-in adds; default: the run's script, printed")
    private @Nullable String to;

    @Option(names = "--out", paramLabel = "DIR", description = "the folder for the files: setting export.WORD.dir")
    private @Nullable String out;

    @Option(names = "--uri", paramLabel = "URI", description = "the server: setting export.WORD.uri")
    private @Nullable String uri;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a setting, e.g. out=/data/runs; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Override
    public Integer call() {
        return to == null ? script() : export(to);
    }

    private int script() {
        Settings settings = Settings.load(Settings.Sources.ofProcess(null, assignments));
        if (names.size() != 1 || out != null || uri != null) {
            throw new PaletteException(
                    "without --to the script of one run is printed: name that run alone; or say with --to where runs are to be exported: tensorboard, mlflow, csv");
        }
        String script =
                new ReproducingScript(RunFolders.named(names.get(0), settings.out()), Vocabulary.installed()).text();
        spec.commandLine().getOut().print(script);
        spec.commandLine().getOut().flush();
        return ExitCode.FINISHED;
    }

    private int export(String word) {
        Settings settings = Settings.load(Settings.Sources.ofProcess(null, allAssignments(word)));
        Export export = export(word, settings);
        List<Path> runs = RunsOption.runs(names, settings.out()).stream()
                .filter(run -> !new StoredRun(run).isSetAside())
                .toList();
        if (runs.isEmpty()) {
            throw new PaletteException("no runs in %s; name a folder of runs, an experiment, or a run"
                    .formatted(names.isEmpty() ? settings.out() : String.join(", ", names)));
        }
        CatchUp.Outcome outcome = new CatchUp(export).export(runs, new Lines(runs.size())::started);
        return say(outcome, export);
    }

    /** What is given to the destination is handed on as settings, so that it is checked in one place. */
    private List<String> allAssignments(String word) {
        List<String> all = new ArrayList<>(assignments);
        all.add("export.%s=true".formatted(word));
        if (out != null) {
            all.add("export.%s.dir=%s".formatted(word, out));
        }
        if (uri != null) {
            all.add("export.%s.uri=%s".formatted(word, uri));
        }
        return all;
    }

    private static Export export(String word, Settings settings) {
        Vocabulary vocabulary = Vocabulary.installed();
        if (!vocabulary.words(Export.FAMILY).containsKey(word)) {
            throw new PaletteException("--to: "
                    + NearestWord.unknown(
                                    Export.FAMILY.name(),
                                    word,
                                    vocabulary.words(Export.FAMILY).keySet())
                            .getMessage());
        }
        return settings.switchedOn(Export.FAMILY, vocabulary).stream()
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private int say(CatchUp.Outcome outcome, Export export) {
        PrintWriter err = spec.commandLine().getErr();
        outcome.problems().forEach(err::println);
        err.flush();
        PrintWriter text = spec.commandLine().getOut();
        text.println("exported to %s: %d finished, %d as far as they have come, %d failed"
                .formatted(
                        export.label(),
                        outcome.finished(),
                        outcome.unfinished(),
                        outcome.problems().size()));
        text.flush();
        return outcome.problems().isEmpty() ? ExitCode.FINISHED : ExitCode.FAILED;
    }

    /** A line now and then where many runs take long. */
    private final class Lines {
        private final int total;
        private int begun;
        private long last = System.nanoTime();

        Lines(int total) {
            this.total = total;
        }

        void started(Path run) {
            begun++;
            if (System.nanoTime() - last >= NANOS_BETWEEN_LINES) {
                last = System.nanoTime();
                spec.commandLine().getErr().println("run %d of %d: %s".formatted(begun, total, run));
                spec.commandLine().getErr().flush();
            }
        }
    }
}
