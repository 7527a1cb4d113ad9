package dev.palette.cli;

import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.export.Export;
import dev.palette.result.RunDirectory;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette resume}: brings runs that were begun to their end, without their script. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Brings runs that were begun to their end, from their last checkpoints; what is finished is left as it is.",
            "Their script is not needed. For the table of all run the script again, which then has nothing left to do."
        },
        footer = {
            "",
            "Examples:",
            "  palette resume runs/glue-small --data glue_data",
            "  palette resume 1f0c7c 9b22d1 --set data.dir=glue_data --set run.devices=cpu*2"
        })
final class ResumeCommand implements Callable<Integer> {
    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "a run's folder or the beginning of its id, or an experiment, of which it is all runs")
    private List<String> names;

    @Mixin
    private final DataOption data = new DataOption();

    ResumeCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Integer call() {
        Settings settings = data.settings();
        int worst = ExitCode.FINISHED;
        for (Map.Entry<Path, List<Path>> experiment : byExperiment(settings).entrySet()) {
            int code = resume(experiment.getKey(), experiment.getValue(), settings);
            if (code == ExitCode.INTERRUPTED) {
                return code;
            }
            worst = Math.max(worst, code);
        }
        return worst;
    }

    /** The runs under the folders of their experiments. */
    private Map<Path, List<Path>> byExperiment(Settings settings) {
        Map<Path, List<Path>> experiments = new LinkedHashMap<>();
        for (Path run : RunsOption.runs(names, settings.out())) {
            Path folder = run.toAbsolutePath().normalize();
            experiments
                    .computeIfAbsent(Objects.requireNonNull(folder.getParent()), parent -> new ArrayList<>())
                    .add(folder);
        }
        return experiments;
    }

    private int resume(Path experiment, List<Path> runs, Settings settings) {
        Vocabulary vocabulary = Vocabulary.installed();
        List<Trial> trials =
                runs.stream().map(run -> RunDirectory.trial(run, vocabulary)).toList();
        RunPlan plan = settings.runPlan();
        RunOptions options = new RunOptions(
                Objects.requireNonNull(experiment.getParent()),
                settings.dataDirectory().orElse(null),
                settings.cacheDirectory(),
                settings.threads(),
                settings.checkpoints(),
                settings.predictTest(),
                plan);
        Session session = new Session(
                        backend, spec.commandLine().getOut(), spec.commandLine().getErr())
                .exporting(settings.switchedOn(Export.FAMILY, vocabulary));
        RunSummary summary = session.run(String.valueOf(experiment.getFileName()), trials, options);
        return session.end(summary);
    }
}
