package dev.palette.dsl;

import groovy.lang.Closure;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names values and types as a script's author would, for messages. */
final class Wording {
    private Wording() {}

    /** What was found: {@code 'abc'}, {@code 1.5}, {@code an adapter}, {@code a block in braces}. */
    static String of(List<?> values) {
        return values.isEmpty()
                ? "given no value"
                : values.stream().map(Wording::of).collect(Collectors.joining(", "));
    }

    private static String of(@Nullable Object value) {
        if (value instanceof CharSequence) {
            return "'" + value + "'";
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Closure) {
            return "a block in braces";
        }
        if (value instanceof Map) {
            return "a map (named arguments)";
        }
        if (value instanceof Axis<?> axis) {
            return "a choice of "
                    + axis.values().stream().map(Wording::of).distinct().collect(Collectors.joining(" and "));
        }
        if (value instanceof Collection<?> collection) {
            return "a list of "
                    + collection.stream().map(Wording::of).distinct().collect(Collectors.joining(" and "));
        }
        return Family.of(value)
                .map(Family::withArticle)
                .orElseGet(() -> "a " + value.getClass().getSimpleName());
    }

    /** What was expected: {@code a whole number}, {@code an adapter (pal, shared)}. */
    static String of(Type type, Words words) {
        Type element = OptionValue.elementType(type);
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(element)) {
            return "a whole number";
        }
        if (element == double.class) {
            return "a number";
        }
        if (element == boolean.class) {
            return "true or false";
        }
        if (element == String.class) {
            return "text in quotes";
        }
        return Family.ofType(element)
                .map(family -> family.withArticle() + " (" + String.join(", ", words.of(family)) + ")")
                .orElseGet(() -> "a " + OptionValue.rawType(element).getSimpleName());
    }
}
