package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.exchange.Merge;
import dev.palette.experiment.Vocabulary;
import dev.palette.session.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette adapters merge}: into the encoder's weights. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Puts one task's adapter into the encoder's own weights and writes an ordinary encoder in Hugging Face's layout, with the task's",
            "head as its classifier: the same outputs, and no adapter to be computed any more. LoRA, DoRA, IA3, BitFit, MTL-LoRA,",
            "Polytropon and sums of them can be merged."
        },
        footer = {"", "Example: palette adapters merge mrpc.safetensors bert-for-mrpc"})
final class AdaptersMerge implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "FILE", description = "a file that palette adapters wrote")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "FOLDER", description = "the encoder to write; must not exist yet")
    private Path folder;

    @Option(names = "--task", paramLabel = "TASK", description = "whose adapter; default: the only task's")
    private @Nullable String task;

    @Mixin
    private final EncoderChoice encoder = new EncoderChoice();

    @Override
    public Integer call() {
        try (AdapterFile adapters = AdapterFile.open(file)) {
            String chosen = TaskOfFile.chosen(adapters, task);
            Merge.into(adapters, chosen, encoder.files(adapters), folder, Vocabulary.installed());
            PrintWriter out = spec.commandLine().getOut();
            out.println("%s: %s with %s of %s in its weights"
                    .formatted(
                            folder,
                            adapters.manifest().encoder(),
                            adapters.manifest().label(),
                            chosen));
            out.flush();
        }
        return ExitCode.FINISHED;
    }
}
