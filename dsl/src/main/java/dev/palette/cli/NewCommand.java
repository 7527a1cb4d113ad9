package dev.palette.cli;

import dev.palette.session.ExitCode;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palette new}: a script to begin with. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes NAME.groovy: a whole experiment, each part with a remark on what else could stand there.",
            "A file that is there already is left alone."
        },
        footer = {"", "Examples:", "  palette new pals-on-mrpc", "  palette new experiments/small"})
final class NewCommand implements Callable<Integer> {
    private static final Pattern EXPERIMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final String ENDING = ".groovy";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets it, or ends the command
    @Parameters(paramLabel = "NAME", description = "the experiment's name, with a folder before it or none")
    private Path name;

    @Override
    public Integer call() {
        String last = name.getFileName().toString();
        String experiment = last.endsWith(ENDING) ? last.substring(0, last.length() - ENDING.length()) : last;
        if (!EXPERIMENT.matcher(experiment).matches()) {
            throw new PaletteException(
                    "'%s' can't name an experiment, for it names the folder of its runs; use letters, digits, - _ and ., with a letter or digit first"
                            .formatted(experiment));
        }
        Path file = name.resolveSibling(experiment + ENDING);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PaletteException("%s is there already and is left alone; choose another name".formatted(file));
        }
        AtomicFile.writeText(file, template().replace("@NAME@", experiment).replace("@FILE@", file.toString()));
        spec.commandLine().getOut().println("written: %s; next: palette run %s --dry-run".formatted(file, file));
        spec.commandLine().getOut().flush();
        return ExitCode.FINISHED;
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(NewCommand.class.getResourceAsStream("new.groovy"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
