package dev.palette.original;

import dev.palette.pretrained.Conversion;
import dev.palette.pretrained.ConversionRequest;
import dev.palette.session.ExitCode;
import dev.palette.tensor.BertNaming;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code convert_tf_checkpoint_to_pytorch}: a TensorFlow checkpoint as the PyTorch file that the original's commands take as {@code
 * --init_checkpoint}: the encoder alone, under the names of its {@code BertModel}.
 */
@Command(
        name = "convert_tf_checkpoint_to_pytorch",
        mixinStandardHelpOptions = true,
        description = {
            "Converts a TensorFlow checkpoint of BERT to a PyTorch file of the encoder, without heads.",
            "The three paths are given in their order, or each by its flag."
        },
        footer = {
            "",
            "Example:",
            "  palette convert_tf_checkpoint_to_pytorch bert_model.ckpt bert_config.json pytorch_model.bin"
        })
public final class ConvertTfCheckpointCommand implements Callable<Integer> {
    private static final int PATHS = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..3",
            paramLabel = "PATH",
            description = "CHECKPOINT (the beginning of its files' names), CONFIG, OUTPUT")
    private List<Path> inOrder = List.of();

    @ArgGroup(exclusive = false)
    private @Nullable Flags flags;

    /** The script's form. */
    private static final class Flags {
        @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
        @Option(
                names = "--tf_checkpoint_path",
                required = true,
                description = "the checkpoint, as its files' names begin")
        private Path checkpoint;

        @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
        @Option(names = "--bert_config_file", required = true, description = "the encoder's sizes, bert_config.json")
        private Path config;

        @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
        @Option(names = "--pytorch_dump_path", required = true, description = "the file to write")
        private Path output;
    }

    @Override
    public Integer call() {
        List<Path> paths = flags == null
                ? inOrder
                : Stream.concat(Stream.of(flags.checkpoint, flags.config, flags.output), inOrder.stream())
                        .toList();
        if (paths.size() != PATHS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%d paths are given, expected CHECKPOINT CONFIG OUTPUT, or --tf_checkpoint_path, --bert_config_file and --pytorch_dump_path"
                            .formatted(paths.size()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Conversion.run(new ConversionRequest(
                        paths.get(0), paths.get(2), BertNaming.ORIGINAL, paths.get(1), null, true))
                .text());
        out.flush();
        return ExitCode.FINISHED;
    }
}
