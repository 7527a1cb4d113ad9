package dev.palette.cli;

import dev.palette.execution.PredictOptions;
import dev.palette.experiment.Settings;
import dev.palette.report.Console;
import dev.palette.result.FinishedRuns;
import dev.palette.result.PredictionFile;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette predict}: makes the predictions that finished runs lack, from the weights that they kept. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Predicts with finished runs what they have no predictions of yet, without training again.",
            "Test sets are predicted where their files are there; a model of MNLI also predicts the diagnostic set."
        },
        footer = {"", "Example:", "  palette predict runs/glue-small --data glue_data --splits test"})
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
            description = "a run's folder, <out>/<experiment>/<trial>, or a folder of several runs")
    private List<Path> runs;

    @Option(
            names = "--splits",
            paramLabel = "SPLITS",
            split = ",",
            defaultValue = "dev,test",
            description = "dev, test or both, with a comma; default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Splits> splits;

    @Mixin
    private final DataOption data = new DataOption();

    PredictCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Integer call() {
        Settings settings = data.settings();
        Path folder = settings.dataDirectory()
                .orElseThrow(() -> new PaletteException("no data directory is set; give it with --data DIR"));
        PredictOptions options = new PredictOptions(
                folder, settings.cacheDirectory(), splits.contains(Splits.dev), splits.contains(Splits.test));
        List<Path> finished =
                runs.stream().flatMap(run -> FinishedRuns.in(run).stream()).toList();
        finished.forEach(run -> predict(run, options));
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
