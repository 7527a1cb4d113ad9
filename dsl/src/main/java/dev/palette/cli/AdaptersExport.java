package dev.palette.cli;

import dev.palette.adapter.AdapterFile;
import dev.palette.exchange.LibraryFormat;
import dev.palette.exchange.OtherLibraries;
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

/** {@code palette adapters export}: for {@code peft} or {@code adapters}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes one task's adapter and head as a folder that Hugging Face's peft (lora, dora, ia3) or AdapterHub's adapters (bottleneck)",
            "loads. Both put it on transformers' BertForSequenceClassification with the same encoder, and get the same logits."
        },
        footer = {"", "Example: palette adapters export mrpc.safetensors my-lora --to peft"})
final class AdaptersExport implements Callable<Integer> {
    /** The forms, as they are typed. */
    enum Form {
        peft(LibraryFormat.PEFT),
        adapterHub(LibraryFormat.ADAPTER_HUB);

        private final LibraryFormat format;

        Form(LibraryFormat format) {
            this.format = format;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "FILE", description = "a file that palette adapters wrote")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "FOLDER", description = "what to write; must not exist yet")
    private Path folder;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Option(names = "--to", required = true, paramLabel = "LIBRARY", description = "peft or adapterHub")
    private Form form;

    @Option(names = "--task", paramLabel = "TASK", description = "whose adapter; default: the only task's")
    private @Nullable String task;

    @Mixin
    private final EncoderChoice encoder = new EncoderChoice();

    @Override
    public Integer call() {
        try (AdapterFile adapters = AdapterFile.open(file)) {
            String chosen = TaskOfFile.chosen(adapters, task);
            OtherLibraries.write(
                    adapters, chosen, encoder.files(adapters), form.format, folder, Vocabulary.installed());
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    "%s: %s of %s for %s".formatted(folder, adapters.manifest().label(), chosen, form.format.label()));
            out.flush();
        }
        return ExitCode.FINISHED;
    }
}
