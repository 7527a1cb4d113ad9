package dev.palette.cli;

import dev.palette.adapter.AdapterManifest;
import dev.palette.exchange.OtherLibraries;
import dev.palette.pretrained.EncoderSource;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette adapters import}: what {@code peft} or {@code adapters} wrote. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reads a folder of Hugging Face's peft (LoRA, rsLoRA, DoRA, IA3) or of AdapterHub's adapters (bottlenecks) and writes it as a",
            "file of Palette's, from which an experiment can start. What Palette computes otherwise is refused."
        },
        footer = {"", "Example: palette adapters import my-lora mrpc.safetensors --task mrpc --encoder bertBase.uncased"
        })
final class AdaptersImport implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "FOLDER", description = "has adapter_config.json and weights")
    private Path folder;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "FILE", description = "what to write, FILE.safetensors")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--task", required = true, paramLabel = "TASK", description = "the task's name from now on")
    private String task;

    @Mixin
    private final EncoderChoice encoder = new EncoderChoice();

    @Override
    public Integer call() {
        EncoderSource source = encoder.source();
        if (source == null) {
            throw new PaletteException(
                    "--encoder is missing: the folder does not tell on which weights the adapter was trained, and it fits no others");
        }
        AdapterManifest read = OtherLibraries.read(folder, task, source, encoder.files(source), file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s: %s for %s, %s".formatted(file, read.label(), task, AdaptersShow.size(file)));
        out.flush();
        return ExitCode.FINISHED;
    }
}
