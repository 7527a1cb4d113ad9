package dev.palette.cli;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.report.analysis.ExampleTexts;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.report.analysis.Report;
import dev.palette.report.page.ReportPage;
import dev.palette.report.page.ResultTables;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.ByteCount;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette report}: some runs as one HTML file. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes one HTML file that holds all about some runs and needs nothing else, no network either: tables, learning",
            "curves, what the sampler drew, score against parameters, importance of settings, mistakes, time, provenance, script."
        },
        footer = {
            "",
            "Examples:",
            "  palette report glue-small",
            "  palette report runs/pals runs/lora --out report.html --data glue_data"
        })
final class ReportCommand implements Callable<Integer> {
    private static final String FILE = "report.html";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUNS",
            arity = "0..*",
            description = "a folder of runs, an experiment's name, or a run; default: the folder of all runs")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "the file; default: report.html in the experiment's folder, or, of several, in the folder of all runs")
    private @Nullable Path file;

    @Mixin
    private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        Settings settings = data.settings();
        List<Path> folders = RunsOption.runs(names, settings.out());
        Look look = new FollowedRuns(() -> folders, Vocabulary.installed()).look();
        if (look.runs().isEmpty()) {
            throw new PaletteException("no runs to report on in %s%s"
                    .formatted(
                            names.isEmpty() ? settings.out() : String.join(", ", names),
                            look.problems().isEmpty() ? "" : ": " + String.join("; ", look.problems())));
        }
        ExampleTexts texts = settings.dataDirectory()
                .map(folder -> ExampleTexts.in(folder, FingerprintMemory.in(settings.cacheDirectory())))
                .orElseGet(ExampleTexts::none);
        String page = ReportPage.alone(Report.of(look, texts), ResultTables.of(look));
        Path to = file == null ? place(folders, settings.out()) : file;
        AtomicFile.writeText(to, page);
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s: %d runs, %s"
                .formatted(to, look.runs().size(), ByteCount.text(page.getBytes(StandardCharsets.UTF_8).length)));
        out.flush();
        return ExitCode.FINISHED;
    }

    private static Path place(List<Path> runs, Path all) {
        List<Path> experiments = runs.stream()
                .map(run -> run.toAbsolutePath().normalize().resolveSibling(""))
                .distinct()
                .toList();
        return experiments.size() == 1 ? experiments.get(0).resolve(FILE) : all.resolve(FILE);
    }
}
