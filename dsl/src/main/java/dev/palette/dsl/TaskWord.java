package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import dev.palette.task.own.OwnTaskOptions;
import groovy.lang.Closure;
import java.util.List;

/**
 * {@code task('intents') { tsv 'intents/*.tsv'; text 'utterance'; label 'intent' }}: a task in files of one's own.
 *
 * @param filler fills its block
 */
record TaskWord(BlockWord.Filler filler) implements ScriptWord {
    static final String EXAMPLE = "task('intents') { tsv 'intents/*.tsv'; text 'utterance'; label 'intent' }";

    @Override
    public Object value() {
        return call(List.of());
    }

    @Override
    public Object call(List<?> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof CharSequence name
                && arguments.get(1) instanceof Closure<?> braces) {
            return filler.fill("task", null, () -> new OwnTaskOptions(name.toString()), braces);
        }
        throw new PaletteException("task takes a name and a block: " + EXAMPLE);
    }
}
