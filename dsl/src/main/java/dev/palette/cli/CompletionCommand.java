package dev.palette.cli;

import dev.palette.session.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette completion}: the script by which a shell completes commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {"Prints the script by which a shell completes palette's commands and options at Tab."},
        footer = {
            "",
            "Examples:",
            "  source <(palette completion bash)      in ~/.bashrc",
            "  source <(palette completion zsh)       in ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells, named as they are typed. One script serves both: it asks zsh for its understanding of bash's completion. */
    enum Shell {
        bash,
        zsh
    }

    private final Supplier<CommandLine> whole;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets it, or ends the command
    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    /**
     * The command.
     *
     * @param whole the command line with all of its commands
     */
    CompletionCommand(Supplier<CommandLine> whole) {
        this.whole = whole;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("palette", whole.get()));
        out.flush();
        return ExitCode.FINISHED;
    }
}
