package dev.palette.cli;

import dev.palette.experiment.Settings;
import dev.palette.pretrained.Conversion;
import dev.palette.pretrained.ConversionRequest;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.session.ExitCode;
import dev.palette.tensor.BertNaming;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette convert}: BERT's weights from one format and naming to another. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Rewrites BERT's weights in another format, and says what was renamed, transposed, missing or left over.",
            "SRC: a safetensors file, a PyTorch file, a TensorFlow checkpoint's prefix, the directory of an encoder or SavedModel, or hub:MODEL@REVISION.",
            "DST: FILE.safetensors, FILE.bin, .pth or .pt, or a new directory, which gets Hugging Face's layout."
        },
        footer = {
            "",
            "Examples:",
            "  palette convert uncased_L-12_H-768_A-12 pytorch_model.bin",
            "  palette convert best_model.pth model.safetensors",
            "  palette convert hub:google/electra-small-discriminator electra-small",
            "  palette convert pytorch_model.bin bert-base --config bert_config.json --vocab vocab.txt"
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "0", paramLabel = "SRC", description = "what to read")
    private String source;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "DST", description = "what to write")
    private Path destination;

    @Option(
            names = "--names",
            paramLabel = "NAMES",
            description = "the tensors' names: original (LayerNorm.gamma) or huggingface (LayerNorm.weight);"
                    + " default: original in a PyTorch file, else huggingface")
    private @Nullable Names names;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the encoder's sizes, to check by and for a directory; default: the file in SRC's directory")
    private @Nullable Path config;

    @Option(
            names = "--vocab",
            paramLabel = "FILE",
            description = "vocab.txt or tokenizer.json, for a directory; default: the file in SRC's directory")
    private @Nullable Path vocabulary;

    /** The namings that are written, as the command line says them. */
    enum Names {
        original(BertNaming.ORIGINAL),
        huggingface(BertNaming.HUGGING_FACE);

        private final BertNaming naming;

        Names(BertNaming naming) {
            this.naming = naming;
        }
    }

    @Override
    public Integer call() {
        BertNaming naming = names == null ? null : names.naming;
        PrintWriter out = spec.commandLine().getOut();
        out.println(Conversion.run(new ConversionRequest(source(), destination, naming, config, vocabulary, false))
                .text());
        out.flush();
        return ExitCode.FINISHED;
    }

    private Path source() {
        if (EncoderSource.of(source) instanceof EncoderSource.Hub hub) {
            Settings settings = Settings.load(Settings.Sources.ofProcess(null, List.of()));
            return new EncoderStore(settings.cacheDirectory(), DownloadProgress.SILENT).folder(hub);
        }
        return Path.of(source);
    }
}
