package dev.palette.cli;

import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Settings;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.report.Console;
import dev.palette.result.FinishedRuns;
import dev.palette.result.PredictionFile;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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

/**
 * {@code palette predict}: makes the predictions that finished runs lack, from the weights that they kept; with {@code --task}, answers
 * about the lines of standard input instead.
 */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Predicts with finished runs what they have no predictions of yet, without training again.",
            "Test sets are predicted where their files are there; a model of MNLI also predicts the diagnostic set.",
            "With --task, one run answers about each line of standard input: a text, or two with a tab between them."
        },
        footer = {
            "",
            "Examples:",
            "  palette predict runs/glue-small --data glue_data --splits test",
            "  palette predict runs/quickstart/92b436fa0621102a --task paraphrase < pairs.tsv"
        })
final class PredictCommand implements Callable<Integer> {
    /** What can be asked for, named as it is typed. */
    enum Splits {
        dev,
        test
    }

    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description =
                    "a run's folder, <out>/<experiment>/<trial>, or a folder of several runs; with --task also a file of adapters")
    private List<Path> runs;

    @Option(
            names = "--splits",
            paramLabel = "SPLITS",
            split = ",",
            defaultValue = "dev,test",
            description = "dev, test or both, with a comma; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Splits> splits;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description =
                    "answer about the lines of standard input; prints a line each: the answer, a tab, its probability")
    private @Nullable String task;

    @Mixin
    private final DataOption data = new DataOption();

    PredictCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Integer call() {
        Settings settings = data.settings();
        if (task != null) {
            return answer(task, settings.cacheDirectory());
        }
        Path folder = settings.dataDirectory()
                .orElseThrow(() -> new PaletteException("no data directory is set; give it with --data DIR"));
        PredictOptions options = new PredictOptions(
                folder, settings.cacheDirectory(), splits.contains(Splits.dev), splits.contains(Splits.test));
        List<Path> finished =
                runs.stream().flatMap(run -> FinishedRuns.in(run).stream()).toList();
        finished.forEach(run -> predict(run, options));
        return ExitCode.FINISHED;
    }

    private int answer(String name, Path cacheDir) {
        if (runs.size() != 1) {
            throw new PaletteException("--task takes one run, and %d were given".formatted(runs.size()));
        }
        try (TrainedModel model = Palette.load(runs.get(0), options -> options.cacheDir(cacheDir))) {
            new LineAnswers(model.task(name))
                    .answer(
                            new InputStreamReader(System.in, StandardCharsets.UTF_8),
                            spec.commandLine().getOut());
        }
        return ExitCode.FINISHED;
    }

    private void predict(Path run, PredictOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        List<PredictionFile> there = backend.predict(
                run,
                options,
                line -> {
                    err.println(line);
                    err.flush();
                },
                Console.ofProcess());
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s: %s"
                .formatted(
                        run.resolve("predictions"),
                        String.join(
                                ", ", there.stream().map(PredictionFile::name).toList())));
        out.flush();
    }
}
