package dev.palette.dsl;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;

/**
 * A language that scripts are written in beside Groovy. It is found by {@link java.util.ServiceLoader} when a script of its ending is
 * run, and costs nothing before.
 */
public interface ScriptLanguage {
    /** How the names of its scripts end: {@code .palette.kts}. */
    String ending();

    /**
     * Compiles and evaluates a script, once.
     *
     * @param script its file, which relative paths in it start from
     * @param text what stands in it
     * @param vocabulary the words for values
     * @param settings applied to blocks before and after what the script says
     * @throws PaletteException for anything wrong in the script; the message names file and line and shows the line
     */
    ExperimentScript load(Path script, String text, Vocabulary vocabulary, Settings settings);
}
