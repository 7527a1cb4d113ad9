package dev.palette.dsl;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Domain;
import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import groovy.lang.Closure;
import java.lang.reflect.ParameterizedType;
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
        if (value instanceof Space<?> space) {
            return of(space);
        }
        if (value instanceof Unknown unknown) {
            return Family.ofKind(unknown.type()).map(Family::withArticle).orElse("not known yet");
        }
        if (value instanceof Collection<?> collection) {
            return "a list of "
                    + collection.stream().map(Wording::of).distinct().collect(Collectors.joining(" and "));
        }
        return Family.of(value)
                .map(Family::withArticle)
                .orElseGet(() -> "a " + value.getClass().getSimpleName());
    }

    private static String of(Space<?> space) {
        if (space instanceof Space.Constant<?> constant) {
            return of(constant.value());
        } else if (space instanceof Template<?, ?> template) {
            return Family.ofKind(template.type())
                    .map(Family::withArticle)
                    .orElseGet(() -> "a " + template.type().getSimpleName());
        } else if (space instanceof Axis<?> axis && axis.domain() instanceof Domain.Alternatives<?> choice) {
            return "a choice of "
                    + choice.values().stream().map(Wording::of).distinct().collect(Collectors.joining(" and "));
        }
        return space instanceof Axis<?> axis && axis.domain() instanceof Domain.Integers
                ? "whole numbers that vary"
                : "numbers that vary";
    }

    /** What an option takes: a value's wording, a block of options, or either. */
    static String ofOption(Type type, Words words) {
        Type described = BlockScope.described(type);
        if (BlockScope.newBlock(described).isEmpty()) {
            return of(type, words);
        }
        String block = "a block of its options in braces";
        return Family.ofType(described)
                .map(family -> of(described, words) + " or " + block)
                .orElse(block);
    }

    /** What was expected: {@code a whole number}, {@code an adapter (pal, shared)}. */
    static String of(Type type, Words words) {
        if (OptionValue.rawType(type) == Map.class) {
            return "names with " + of(((ParameterizedType) type).getActualTypeArguments()[1], words);
        }
        boolean space = OptionValue.rawType(type) == Space.class;
        Type element = OptionValue.elementType(space ? OptionValue.elementType(type) : type);
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(element)) {
            return "a whole number";
        }
        if (element == double.class || element == Double.class) {
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
