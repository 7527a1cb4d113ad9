package dev.palette.cli;

import dev.palette.session.ExitCode;
import dev.palette.submission.Submission;
import dev.palette.submission.Submission.Table;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette submit}: makes of test predictions the archive that GLUE's server takes. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the zip archive that gluebenchmark.com takes, out of the test predictions of one run or several.",
            "A task that no run predicts is filled with the commonest label of its training examples."
        },
        footer = {
            "",
            "Examples:",
            "  palette submit runs/glue/1f0c7c6f2f4e9a55 --data glue_data",
            "  palette submit out/cola out/rte out/mnli --data glue_data --to glue.zip"
        })
final class SubmitCommand implements Callable<Integer> {
    private static final String ARCHIVE = "glue-submission.zip";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "a run's folder, an experiment's, or an output_dir; of each test set one prediction in all")
    private List<Path> runs;

    @Option(names = "--to", paramLabel = "FILE", description = "the archive; default: " + ARCHIVE + " in the first RUN")
    private @Nullable Path to;

    @Mixin
    private final DataOption data = new DataOption();

    @Override
    public Integer call() {
        Submission submission = Submission.of(runs, data.folder().orElse(null));
        Path archive = to == null ? runs.get(0).resolve(ARCHIVE) : to;
        submission.write(archive);
        PrintWriter out = spec.commandLine().getOut();
        submission.tables().forEach(table -> out.println(line(table)));
        out.println("written to " + archive);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        submission.tables().forEach(table -> table.warning().ifPresent(err::println));
        err.flush();
        return ExitCode.FINISHED;
    }

    private static String line(Table table) {
        String source = table.source() == null
                ? "no model: filled with the commonest label, "
                        + table.predictions().get(0)
                : table.source().toString();
        return String.format(
                Locale.ROOT,
                "%-11s %,8d rows  %s",
                table.of().file(),
                table.predictions().size(),
                source);
    }
}
