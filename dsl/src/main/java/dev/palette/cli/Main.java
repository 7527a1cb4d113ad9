package dev.palette.cli;

import dev.palette.mpi.MpiProcess;
import dev.palette.original.ClassifierCommand;
import dev.palette.original.ConvertTfCheckpointCommand;
import dev.palette.original.ExtractFeaturesCommand;
import dev.palette.original.MultiTaskCommand;
import dev.palette.original.PretrainedBertCommand;
import dev.palette.original.SquadCommand;
import dev.palette.session.Backend;
import dev.palette.session.ExitCode;
import dev.palette.session.JobMember;
import dev.palette.session.RunnerBackend;
import dev.palette.session.Traceable;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
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
    private static final Map<String, String> EXIT_CODES = exitCodes();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    /** Runs the command, with other processes where mpirun has started several, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(MpiProcess.of(System.getenv())
                .map(process -> new JobMember(process, new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                        .execute(
                                arguments,
                                backend -> commandLine(backend, arguments).execute(arguments)))
                .orElseGet(() -> commandLine(new RunnerBackend(), arguments).execute(arguments)));
    }

    /**
     * The command over what it is to be run with. Of its subcommands it knows the one that the arguments begin with, and all where
     * they begin with none: picocli reads a command's annotations as soon as it is added, which for all of them takes longer than
     * the JVM's own start.
     */
    static CommandLine commandLine(Backend backend, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        Map<String, Supplier<Object>> all = subcommands(backend);
        Supplier<Object> named = arguments.length == 0 ? null : all.get(arguments[0]);
        if (named == null) {
            all.forEach((name, command) -> line.addSubcommand(name, command.get()));
        } else {
            line.addSubcommand(arguments[0], named.get());
        }
        // What follows a command that is to be launched are its own options.
        Optional.ofNullable(line.getSubcommands().get("launch")).ifPresent(launch -> launch.setStopAtPositional(true));
        documentExitCodes(line);
        line.getSubcommands().values().forEach(Main::documentExitCodes);
        return line.setCaseInsensitiveEnumValuesAllowed(true) // of the subcommands there are
                .setExecutionExceptionHandler(Main::report);
    }

    /** What every command tells the shell, unless it says so itself. */
    private static void documentExitCodes(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n");
            usage.exitCodeList(EXIT_CODES);
        }
    }

    /** Every subcommand under its name, in the order of the help. */
    private static Map<String, Supplier<Object>> subcommands(Backend backend) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("run", () -> new RunCommand(backend));
        all.put("launch", LaunchCommand::new);
        all.put("new", NewCommand::new);
        all.put("words", WordsCommand::new);
        all.put("config", ConfigCommand::new);
        all.put("runs", RunsCommand::new);
        all.put("watch", WatchCommand::new);
        all.put("report", ReportCommand::new);
        all.put("show", ShowCommand::new);
        all.put("table", TableCommand::new);
        all.put("compare", CompareCommand::new);
        all.put("diff", DiffCommand::new);
        all.put("logs", LogsCommand::new);
        all.put("export", ExportCommand::new);
        all.put("rerun", () -> new RerunCommand(backend));
        all.put("clean", CleanCommand::new);
        all.put("resume", () -> new ResumeCommand(backend));
        all.put("inspect", InspectCommand::new);
        all.put("task", TaskCommand::new);
        all.put("run_multi_task", () -> new MultiTaskCommand(backend));
        all.put("run_classifier", () -> new ClassifierCommand(backend));
        all.put("run_squad", () -> new SquadCommand(backend));
        all.put("extract_features", ExtractFeaturesCommand::new);
        all.put("adapters", AdaptersCommand::new);
        all.put("predict", () -> new PredictCommand(backend));
        all.put("submit", SubmitCommand::new);
        all.put("download", DownloadCommand::new);
        all.put("convert", ConvertCommand::new);
        all.put("completion", () -> new CompletionCommand(() -> commandLine(backend)));
        all.put("convert_tf_checkpoint_to_pytorch", ConvertTfCheckpointCommand::new);
        all.put("pytorch_pretrained_bert", PretrainedBertCommand::new);
        return all;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "all that was asked for is done");
        codes.put("1", "it failed, or a trial did; the message says why");
        codes.put("2", "the input is wrong; the message says what to put right");
        codes.put("130", "stopped by Ctrl-C or SIGTERM; where something trains, the same command goes on");
        return Collections.unmodifiableMap(codes);
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
