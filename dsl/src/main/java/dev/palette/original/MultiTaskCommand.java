package dev.palette.original;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Architecture;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Shared;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.model.OriginalNames;
import dev.palette.session.Backend;
import dev.palette.session.Session;
import dev.palette.session.Traceable;
import dev.palette.spec.PaletteException;
import dev.palette.task.Average;
import dev.palette.task.Task;
import dev.palette.train.Compatibility;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The original's {@code run_multi_task.py}: several GLUE tasks at once, with or without adapters. */
@Command(
        name = MultiTaskCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Trains and evaluates one encoder on many GLUE tasks, as the original's run_multi_task.py.",
        footer = {
            "",
            "Example:",
            "  palette run_multi_task --tasks all --sample anneal --multi --do_train --do_eval --do_lower_case \\",
            "    --data_dir glue_data --vocab_file bert/vocab.txt --bert_config_file experiments/configs/pals_config.json \\",
            "    --init_checkpoint bert/pytorch_model.bin --output_dir saved/pals --learning_rate 2e-5 --num_train_epochs 25"
        })
public final class MultiTaskCommand implements Callable<Integer>, Traceable {
    static final String NAME = "run_multi_task";
    private static final String UNSAID = "n/a";
    private static final String NORMAL = "normal";

    /** The rate of {@code --optim} other than normal, for the attention in PALs. */
    private static final double SPLIT_RATE = 3e-4;

    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final GlueFlags glue = new GlueFlags();

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--data_dir", required = true, description = "the folder that holds CoLA, MRPC, MNLI and so on")
    private Path dataDirectory;

    @Option(names = "--multi", description = "add the adapters that the config file describes")
    private boolean adapters;

    @Option(
            names = "--optim",
            defaultValue = NORMAL,
            description =
                    "normal: one learning rate; anything else: 3e-4 for the attention inside PALs; default: ${DEFAULT-VALUE}")
    private String optimizer = "";

    @Option(
            names = "--sample",
            defaultValue = "rr",
            description = "how tasks are sampled: rr, prop, sqrt or anneal; default: ${DEFAULT-VALUE}")
    private String sample = "";

    @Option(names = "--h_aug", defaultValue = UNSAID, description = "size of the adapters, over the config file's")
    private String adapterSize = "";

    @Option(names = "--tasks", defaultValue = "all", description = "all, inf or single; default: ${DEFAULT-VALUE}")
    private String tasks = "";

    @Option(
            names = "--task_id",
            defaultValue = "1",
            description =
                    "the task of --tasks single, from 0: cola mrpc mnli rte sts sst qqp qnli; default: ${DEFAULT-VALUE}")
    private int taskId;

    @Option(
            names = "--freeze",
            description = "leave the encoder as it is: adapters, heads and layer norms alone are trained")
    private boolean freeze;

    /** The command over what it is to be run with. */
    public MultiTaskCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public boolean stackTrace() {
        return glue.training().stackTrace();
    }

    @Override
    public Integer call() {
        glue.check();
        List<Task> set = TaskSet.named(tasks).tasks(taskId);
        Path data = dataDirectory.toAbsolutePath().normalize();
        Epochs epochs = epochs(set, data);
        GlueRun.Plan plan = new GlueRun.Plan(
                set, data, adapter(), SampleFlag.named(sample, epochs), epochs, bestOnDev(epochs), this::training);
        Session session = new Session(
                backend, spec.commandLine().getOut(), spec.commandLine().getErr());
        return new GlueRun(NAME, glue, OriginalNames.Model.MULTI_TASK, "best_model.pth").execute(session, plan);
    }

    /** All eight are sampled 300 steps each; fewer are seen as often as there are examples. */
    private Epochs epochs(List<Task> set, Path data) {
        if (!glue.training().train() || TaskSet.named(tasks) == TaskSet.ALL) {
            return Epochs.sampled(set.size(), glue.training().epochs());
        }
        if (glue.training().compatibility().contains(Compatibility.HALF_EPOCHS)) {
            long ofFirst = GlueRun.examples(set.get(0), data);
            return Epochs.over(
                    ofFirst, 2 * glue.training().batchSize(), glue.training().epochs());
        }
        long examples =
                set.stream().mapToLong(task -> GlueRun.examples(task, data)).sum();
        return Epochs.over(
                examples, glue.training().batchSize(), glue.training().epochs());
    }

    /** The best epoch on the dev sets, by the sum of the tasks' first metrics, as the original chooses. */
    private static EvaluationPlan bestOnDev(Epochs epochs) {
        return new EvaluationPlan.Options()
                .every(epochs.every())
                .selectOn(new Selection.Dev())
                .keepBest(Average.ORIGINAL)
                .build();
    }

    private Adapter adapter() {
        Adapter described = glue.training().architecture(size()).adapter();
        boolean adds = !described.equals(new Shared());
        if (adds && !adapters && glue.training().initCheckpoint() != null) {
            throw new PaletteException(
                    "%s describes adapters (%s), which the checkpoint of an encoder does not have; add --multi, or use a configuration without"
                            .formatted(glue.training().configFile(), described.label()));
        }
        return described;
    }

    private OptionalInt size() {
        if (adapterSize.equals(UNSAID)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(adapterSize));
        } catch (NumberFormatException e) {
            throw new PaletteException("--h_aug is %s, expected a whole number".formatted(adapterSize), e);
        }
    }

    private void training(Training.Options options) {
        if (TaskSet.named(tasks) == TaskSet.ALL) { // there the original's schedule counts steps
            Set<Compatibility> switches = new HashSet<>(glue.training().compatibility());
            switches.remove(Compatibility.SCHEDULE_COUNTS_MICRO_STEPS);
            options.compatibility(switches);
        }
        options.freeze(freeze ? Freeze.encoder() : Freeze.none());
        if (!optimizer.equals(NORMAL) && hasPals()) {
            options.optimizer(glue.training()
                    .optimizer()
                    .groups(ParameterGroup.of(
                            g -> g.parts(ModelPart.PAL_ATTENTION).learningRate(SPLIT_RATE)))
                    .build());
        }
    }

    private boolean hasPals() {
        Architecture architecture = glue.training().architecture(size());
        return architecture.adapter().parameters(architecture.encoder(), List.of("task")).stream()
                .anyMatch(parameter -> parameter.role() == Declaration.Role.PAL_ATTENTION);
    }
}
