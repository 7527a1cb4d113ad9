package dev.palette.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code palette adapters}: trained adapters apart from their encoder. */
@Command(
        name = "adapters",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Trained adapters and heads apart from their encoder: files of a few megabytes, which name the encoder by its fingerprint.",
            "An experiment starts from such a file with: adapter trained { of lora { rank 8 }; file 'FILE' }; palette predict FILE",
            "--task TASK answers with it."
        },
        subcommands = {
            AdaptersSave.class,
            AdaptersShow.class,
            AdaptersExport.class,
            AdaptersImport.class,
            AdaptersMerge.class,
            AdaptersAdd.class,
            AdaptersAverage.class,
            AdaptersNegate.class
        },
        footer = {"", "Example: palette adapters save runs/quickstart/92b436fa0621102a paraphrase.safetensors"})
final class AdaptersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** {@code palette adapters} alone names nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "nothing to do: name one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
