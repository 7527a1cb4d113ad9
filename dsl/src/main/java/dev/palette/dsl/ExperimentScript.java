package dev.palette.dsl;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import dev.palette.table.TableSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What a script says, once it has been evaluated.
 *
 * @param experiment what it describes
 * @param settings those it was evaluated with and what it set itself, such as {@code data.dir}
 * @param runPlan how its trials are to be run
 * @param table what is printed of their results
 * @param fileName the script's file, without its folder
 * @param text the script itself, with what it includes in the place of each include
 * @param warnings what its author had better change, each with its place
 */
public record ExperimentScript(
        Experiment experiment,
        Settings settings,
        RunPlan runPlan,
        TableSpec table,
        String fileName,
        String text,
        List<String> warnings) {
    private static final String KOTLIN = ".kts";

    /** Copies the list. */
    public ExperimentScript {
        warnings = List.copyOf(warnings);
    }

    /**
     * Compiles a script, looks it through and evaluates it, once. What can be found wrong without running it is found before anything
     * of it runs; and whatever is found then is reported together.
     *
     * @param script a file in UTF-8: Groovy, or another {@link ScriptLanguage} by the ending of its name
     * @param vocabulary the words for values
     * @param settings applied to blocks before and after what the script says
     * @throws PaletteException for anything wrong in the script; the message names file, line and column of each
     *     mistake and shows the line
     */
    public static ExperimentScript load(Path script, Vocabulary vocabulary, Settings settings) {
        if (script.toString().endsWith(KOTLIN)) {
            return language(script).load(script, ScriptText.read(script), vocabulary, settings);
        }
        ScriptSource source = ScriptSource.read(script);
        Mistakes mistakes = new Mistakes();
        ScriptCompiler.Compiled compiled = ScriptCompiler.compile(
                source, mistakes, tree -> new Rehearsal(source, tree, mistakes, vocabulary, settings).run());
        return new Execution(source, compiled, mistakes, vocabulary, settings).run();
    }

    /** Looked for only when there is such a script: to look means to open every jar. */
    private static ScriptLanguage language(Path script) {
        return ServiceLoader.load(ScriptLanguage.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(language -> script.toString().endsWith(language.ending()))
                .findFirst()
                .orElseThrow(() -> new PaletteException(
                        "%s: nothing here reads such scripts; name it *.palette.kts and run it by ./palette, or put palette-kotlin and its libraries on the class path"
                                .formatted(script)));
    }
}
