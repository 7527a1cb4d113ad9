package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.util.List;

/**
 * A word that is one value: {@code fp32}, {@code bertBase.uncased}.
 *
 * @param name the word
 * @param value what it stands for
 * @param makes the class that has its description: at the static method of the word's last part, else its own
 */
record ConstantWord(String name, Object value, Class<?> makes) implements ScriptWord {
    /** A word whose value's class describes it. */
    ConstantWord(String name, Object value) {
        this(name, value, value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass());
    }

    @Override
    public Object call(List<?> arguments) {
        if (!arguments.isEmpty()) {
            throw new PaletteException("%s takes no arguments and no block".formatted(name));
        }
        return value;
    }
}
