package dev.palette.original;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pytorch_pretrained_bert}: the name before the conversion in the original's README. */
@Command(
        name = "pytorch_pretrained_bert",
        mixinStandardHelpOptions = true,
        description = "The conversion, under the name that the original's README gives it.",
        footer = {
            "",
            "Example:",
            "  palette pytorch_pretrained_bert convert_tf_checkpoint_to_pytorch bert_model.ckpt bert_config.json model.bin"
        },
        subcommands = ConvertTfCheckpointCommand.class)
public final class PretrainedBertCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Alone it names no command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "nothing to do: name convert_tf_checkpoint_to_pytorch");
    }
}
