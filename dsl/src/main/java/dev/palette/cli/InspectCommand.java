package dev.palette.cli;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Architecture;
import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Variant;
import dev.palette.experiment.Vocabulary;
import dev.palette.search.SweepPlan;
import dev.palette.session.ExitCode;
import dev.palette.session.Traceable;
import dev.palette.spec.Range;
import dev.palette.task.GlueTasks;
import dev.palette.task.Head;
import dev.palette.task.Task;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette inspect}: how many parameters a model has, and where; makes none of them. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints how many parameters a model has: shared by all tasks, each task's own, heads, all as a multiple of BERT's,",
            "and those that are trained when the encoder is frozen. Takes a script, of which it shows every architecture,",
            "or a JSON configuration of the original's."
        },
        footer = {
            "",
            "Examples:",
            "  palette inspect experiments/quickstart.groovy",
            "  palette inspect experiments/configs/pals_config.json --tasks 8"
        })
final class InspectCommand implements Callable<Integer>, Traceable {
    private static final int BINARY = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "FILE", description = "a script, or a configuration whose name ends in .json")
    private Path file;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description =
                    "count with so many tasks: GLUE's eight in the original's order, beyond them tasks of two classes;"
                            + " default: the script's own, a configuration's num_tasks, or 8")
    private @Nullable Integer tasks;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "a setting, over the script's own; may be repeated")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--json", description = "every figure, to the last digit, as JSON")
    private boolean json;

    @Option(names = "--stacktrace", description = "with an error, show where in the program it arose")
    private boolean stackTrace;

    @Override
    public boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Integer call() {
        List<ModelSize> sizes = file.toString().endsWith(".json") ? ofConfiguration() : ofScript();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(ModelSize.json(sizes));
        } else {
            sizes.forEach(size -> out.println(size.text()));
        }
        out.flush();
        return ExitCode.FINISHED;
    }

    private List<ModelSize> ofConfiguration() {
        Architecture architecture = Architecture.read(file);
        int count =
                tasks == null ? architecture.tasks().orElse(GlueTasks.eight().size()) : tasks;
        return List.of(ModelSize.of(architecture.encoder(), architecture.adapter(), heads(count)));
    }

    private List<ModelSize> ofScript() {
        Settings given = Settings.load(Settings.Sources.ofProcess(file, assignments));
        ExperimentScript loaded = ExperimentScript.load(file, Vocabulary.installed(), given);
        Experiment experiment = loaded.experiment();
        ModelSizes sizes = new ModelSizes(loaded.settings().cacheDirectory());
        Map<Adapter, ModelSize> byAdapter = new LinkedHashMap<>();
        for (Variant variant : SweepPlan.of(experiment, sizes).variants()) {
            Map<String, Head> heads = tasks == null ? heads(variant.tasks()) : heads(tasks);
            byAdapter.computeIfAbsent(
                    variant.adapter(), adapter -> ModelSize.of(sizes.encoder(variant), adapter, heads));
        }
        return List.copyOf(byAdapter.values());
    }

    private static Map<String, Head> heads(int count) {
        Range.atLeast("--tasks", count, 1);
        List<Task> known = GlueTasks.eight();
        Map<String, Head> heads = new LinkedHashMap<>(heads(known.subList(0, Math.min(count, known.size()))));
        for (int i = known.size(); i < count; i++) {
            heads.put("task" + i, new Head.Sequence(BINARY));
        }
        return heads;
    }

    private static Map<String, Head> heads(List<? extends Task> given) {
        Map<String, Head> heads = new LinkedHashMap<>();
        given.forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }
}
