package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A word with arguments: {@code holdout(0.1)}, {@code choice(shared(), pal())}.
 *
 * @param name the word
 * @param makes the class of its value, which has its description: at the static method of the word's name, else its own
 * @param expected what it takes, with an example
 * @param body its value, or nothing when the arguments aren't what it takes
 */
record FunctionWord(String name, Class<?> makes, String expected, Function<List<?>, Optional<Object>> body)
        implements ScriptWord {
    @Override
    public Object value() {
        return call(List.of());
    }

    @Override
    public Object call(List<?> arguments) {
        return body.apply(arguments).orElseThrow(() -> new PaletteException("%s takes %s".formatted(name, expected)));
    }
}
