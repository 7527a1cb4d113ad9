package dev.palette.original;

import dev.palette.adapter.Shared;
import dev.palette.model.OriginalNames;
import dev.palette.sampler.Proportional;
import dev.palette.session.Backend;
import dev.palette.session.Session;
import dev.palette.session.Traceable;
import dev.palette.spec.NearestWord;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTask;
import dev.palette.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Hugging Face's {@code run_classifier.py} of 2018: one GLUE task, all weights fine-tuned. */
@Command(
        name = ClassifierCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Fine-tunes an encoder on one GLUE task, as the original's run_classifier.py.",
        footer = {
            "",
            "Example:",
            "  palette run_classifier --task_name MRPC --do_train --do_eval --do_lower_case --data_dir glue_data/MRPC \\",
            "    --vocab_file bert/vocab.txt --bert_config_file bert/bert_config.json \\",
            "    --init_checkpoint bert/pytorch_model.bin --learning_rate 2e-5 --output_dir saved/mrpc"
        })
public final class ClassifierCommand implements Callable<Integer>, Traceable {
    static final String NAME = "run_classifier";

    private final Backend backend;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final GlueFlags glue = new GlueFlags();

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--data_dir", required = true, description = "the task's own folder, with train.tsv and dev.tsv")
    private Path dataDirectory;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(
            names = "--task_name",
            required = true,
            description = "a GLUE task: cola, mrpc, mnli, rte, sts, sst, qqp, qnli, wnli")
    private String taskName;

    /** The command over what it is to be run with. */
    public ClassifierCommand(Backend backend) {
        this.backend = backend;
    }

    @Override
    public boolean stackTrace() {
        return glue.training().stackTrace();
    }

    @Override
    public Integer call() {
        glue.check();
        TrainingFlags flags = glue.training();
        Path folder = dataDirectory.toAbsolutePath().normalize();
        Path data = folder.resolveSibling("");
        Task task = task(String.valueOf(folder.getFileName()));
        Epochs epochs = flags.train()
                ? Epochs.over(GlueRun.examples(task, data), flags.batchSize(), flags.epochs())
                : new Epochs(1, 1);
        GlueRun.Plan plan = new GlueRun.Plan(
                List.of(task), data, new Shared(), new Proportional(), epochs, GlueRun.lastWeights(), training -> {});
        Session session = new Session(
                backend, spec.commandLine().getOut(), spec.commandLine().getErr());
        return new GlueRun(NAME, glue, OriginalNames.Model.CLASSIFICATION, "pytorch_model.bin").execute(session, plan);
    }

    /** The task, in a folder that need not have GLUE's name. */
    private Task task(String directory) {
        List<GlueLayout> trained = Stream.of(GlueLayout.values())
                .filter(layout -> layout != GlueLayout.AX)
                .toList();
        String word = taskName.toLowerCase(Locale.ROOT);
        GlueLayout layout = trained.stream()
                .filter(known -> known.word().equals(word)
                        || known.directory().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> NearestWord.unknown(
                        "--task_name",
                        taskName,
                        trained.stream().map(GlueLayout::word).toList()));
        return new GlueTask(layout, layout.word(), directory);
    }
}
