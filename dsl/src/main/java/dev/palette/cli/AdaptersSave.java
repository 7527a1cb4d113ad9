package dev.palette.cli;

import dev.palette.adapter.AdapterManifest;
import dev.palette.exchange.SavedAdapters;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.FinishedRuns;
import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette adapters save}: out of a finished run into a file. */
@Command(
        name = "save",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes a finished run's adapters and heads without the encoder, which must have been frozen (train { freeze pretrained }).",
            "What is in the file, palette adapters show tells."
        })
final class AdaptersSave implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "a finished run's folder, <out>/<experiment>/<trial>, or a folder of one such run")
    private Path run;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(index = "1", paramLabel = "FILE", description = "what to write, FILE.safetensors")
    private Path file;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        AdapterManifest saved = SavedAdapters.save(only(run), file, Vocabulary.installed(), err::println);
        PrintWriter out = spec.commandLine().getOut();
        out.println("%s: %s for %s, %s"
                .formatted(file, saved.label(), String.join(", ", saved.tasks()), AdaptersShow.size(file)));
        out.flush();
        return ExitCode.FINISHED;
    }

    private static Path only(Path folder) {
        List<Path> runs = FinishedRuns.in(folder);
        if (runs.size() != 1) {
            throw new PaletteException(
                    "%s holds %d finished runs, and the adapters of one are saved: name its folder, <out>/<experiment>/<trial>"
                            .formatted(folder, runs.size()));
        }
        return runs.get(0);
    }
}
