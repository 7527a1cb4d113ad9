package dev.palette.dsl;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import groovy.lang.MissingMethodException;
import java.nio.file.Path;
import org.codehaus.groovy.runtime.InvokerInvocationException;

/**
 * What a script says, once it has been evaluated.
 *
 * @param experiment what it describes
 * @param settings those it was evaluated with and what it set itself, such as {@code data.dir}
 * @param runPlan how its trials are to be run
 * @param fileName the script's file, without its folder
 * @param text the script itself
 */
public record ExperimentScript(
        Experiment experiment, Settings settings, RunPlan runPlan, String fileName, String text) {

    /**
     * Compiles and evaluates a script, once.
     *
     * @param script a Groovy file in UTF-8
     * @param vocabulary the words for values
     * @param settings applied to blocks before and after what the script says
     * @throws PaletteException for anything wrong in the script; the message names file and line and shows the line
     */
    public static ExperimentScript load(Path script, Vocabulary vocabulary, Settings settings) {
        ScriptSource source = ScriptSource.read(script);
        PaletteScript compiled = ScriptCompiler.compile(source);
        try {
            return new Evaluation(source, compiled, vocabulary, settings).run();
        } catch (InvokerInvocationException e) {
            throw placed(source, e.getCause() instanceof RuntimeException cause ? cause : e);
        } catch (RuntimeException e) {
            throw placed(source, e);
        }
    }

    /** The same problem with the line of the script it came through. */
    private static PaletteException placed(ScriptSource source, RuntimeException thrown) {
        if (thrown instanceof ScriptException placed) {
            return placed;
        }
        return source.problem(source.lineOf(thrown), wording(thrown), thrown);
    }

    private static String wording(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof PaletteException) {
            return message;
        }
        if (thrown instanceof MissingMethodException missing
                && missing.getMethod().equals("call")) {
            return "a variable of a word's name hides the word; rename the variable";
        }
        String first =
                message.lines().findFirst().orElse(""); // without the methods of the JDK that Groovy proposes instead
        return "the script stopped with %s: %s".formatted(thrown.getClass().getSimpleName(), first);
    }
}
