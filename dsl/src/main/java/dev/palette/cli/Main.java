package dev.palette.cli;

import dev.palette.original.ClassifierCommand;
import dev.palette.original.ConvertTfCheckpointCommand;
import dev.palette.original.ExtractFeaturesCommand;
import dev.palette.original.MultiTaskCommand;
import dev.palette.original.PretrainedBertCommand;
import dev.palette.original.SquadCommand;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.session.RunnerBackend;
import dev.palette.session.Traceable;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code palette} command. */
@Command(
        name = "palette",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Trains one BERT for many tasks, from a script.",
        footer = {"", "Example: palette run experiments/quickstart.groovy"})
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(new RunnerBackend()).execute(arguments));
    }

    /** The command over what it is to be run with. */
    static CommandLine commandLine(Backend backend) {
        return new CommandLine(new Main())
                .addSubcommand(new RunCommand(backend))
                .addSubcommand(new InspectCommand())
                .addSubcommand(new MultiTaskCommand(backend))
                .addSubcommand(new ClassifierCommand(backend))
                .addSubcommand(new SquadCommand(backend))
                .addSubcommand(new ExtractFeaturesCommand())
                .addSubcommand(new PredictCommand(backend))
                .addSubcommand(new SubmitCommand())
                .addSubcommand(new DownloadCommand())
                .addSubcommand(new ConvertCommand())
                .addSubcommand(new ConvertTfCheckpointCommand())
                .addSubcommand(new PretrainedBertCommand())
                .setExecutionExceptionHandler(Main::report);
    }

    /** {@code palette} alone names no subcommand. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "nothing to do: name a command, such as run");
    }

    private static int report(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean badInput = thrown instanceof PaletteException;
        if (badInput) {
            err.println(thrown.getMessage());
        } else {
            err.println("Palette failed; this is a fault in Palette or in a plug-in, not in your input:");
        }
        boolean asked = command.getCommand() instanceof Traceable traceable && traceable.stackTrace();
        if (!badInput || asked) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return badInput ? ExitCode.BAD_INPUT : ExitCode.FAILED;
    }
}
