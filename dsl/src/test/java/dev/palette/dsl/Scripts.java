package dev.palette.dsl;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Evaluates scripts given as text, in a folder of their own and with no settings but those of the test. */
final class Scripts {
    private static final Vocabulary INSTALLED = Vocabulary.installed();

    private final Path folder;

    Scripts(Path folder) {
        this.folder = folder;
    }

    ExperimentScript load(String text, String... assignments) {
        return load(INSTALLED, text, assignments);
    }

    ExperimentScript load(Vocabulary vocabulary, String text, String... assignments) {
        Path script = write(text);
        Settings settings = Settings.load(
                new Settings.Sources(script, List.of(assignments), Map.of(), folder.resolve("home"), folder));
        return ExperimentScript.load(script, vocabulary, settings);
    }

    Experiment experiment(String text, String... assignments) {
        return load(text, assignments).experiment();
    }

    /** The experiment of a script that has all that is needed but the given lines. */
    Experiment with(String lines, String... assignments) {
        return experiment(complete(lines), assignments);
    }

    /** What the script's author is told, without the folder of the test. */
    String messageOf(String text) {
        PaletteException thrown = catchThrowableOfType(PaletteException.class, () -> load(text));
        return thrown == null ? "no message" : thrown.getMessage().replace(folder + "/", "");
    }

    /** The message for lines in an otherwise complete script; the first of them is line 2. */
    String messageWith(String lines) {
        return messageOf(complete(lines));
    }

    /** A script that has all that is needed but the given lines, which are its second and following. */
    static String complete(String lines) {
        return "experiment('try') {\n" + lines.stripTrailing() + "\n"
                + (lines.contains("encoder") ? "" : "encoder bertBase.uncased\n")
                + (lines.contains("tasks") ? "" : "tasks glue.cola, glue.mrpc\n")
                + (lines.contains("adapter") ? "" : "adapter shared()\n")
                + (lines.contains("sampler") ? "" : "sampler proportional()\n")
                + "}\n";
    }

    private Path write(String text) {
        try {
            return Files.writeString(folder.resolve("try.groovy"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
