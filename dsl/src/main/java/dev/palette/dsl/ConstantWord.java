package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.util.List;

/**
 * A word that is one value: {@code fp32}, {@code bertBase.uncased}.
 *
 * @param name the word
 * @param value what it stands for
 */
record ConstantWord(String name, Object value) implements ScriptWord {
    @Override
    public Object call(List<?> arguments) {
        if (!arguments.isEmpty()) {
            throw new PaletteException("%s takes no arguments and no block".formatted(name));
        }
        return value;
    }
}
