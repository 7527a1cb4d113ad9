package dev.palette.dsl;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An option of a block.
 *
 * @param name as scripts write it
 * @param methods the methods behind it, one for each type that it takes
 * @param type what it takes, as messages say it: {@code a whole number}, {@code an adapter (pal, shared)}
 * @param range what its value may be, where that is limited: {@code a whole number of at least 1}
 * @param defaultValue its value where a script says nothing; null where that is no single value
 * @param required whether a script must give it
 * @param nested the class of the block that stands between its braces; null where it takes none
 */
public record OptionEntry(
        String name,
        List<Method> methods,
        String type,
        Optional<String> range,
        @Nullable Object defaultValue,
        boolean required,
        @Nullable Class<?> nested) {
    /** Copies the list. */
    public OptionEntry {
        methods = List.copyOf(methods);
    }

    /** Whether scripts should no longer use it. */
    public boolean isDeprecated() {
        return methods.stream().allMatch(method -> method.isAnnotationPresent(Deprecated.class));
    }
}
