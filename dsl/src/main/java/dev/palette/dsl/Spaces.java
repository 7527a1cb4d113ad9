package dev.palette.dsl;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Domain;
import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Fits what varies to the type that an option takes, as {@link OptionValue} does with single values. The values of a space are what a
 * script wrote; they become the option's type when one of them is chosen.
 */
final class Spaces {
    private Spaces() {}

    /** A value as a space: itself, if it is one. */
    @SuppressWarnings("unchecked") // of whatever values
    static Space<Object> of(Object value) {
        return value instanceof Space<?> space ? (Space<Object>) space : Space.of(value);
    }

    /** Whether an axis stands among some arguments, in a list or a block of options as well. */
    static boolean vary(Collection<?> arguments) {
        return arguments.stream()
                .anyMatch(value -> value instanceof Space<?> || (value instanceof Collection<?> list && vary(list)));
    }

    /** Arguments that vary as a space whose values fit the type, or nothing when they don't. */
    static Optional<Space<Object>> fit(Type type, List<?> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof Space<?> space && fits(type, space)) {
            return Optional.of(of(space));
        }
        if (!isList(type)) {
            return Optional.empty();
        }
        Type element = OptionValue.elementType(type);
        List<Space<Object>> elements = new ArrayList<>();
        for (Object value : OptionValue.flat(arguments)) {
            if (!fits(element, of(value))) {
                return Optional.empty();
            }
            elements.add(of(value));
        }
        return Optional.of(of(new Space.Listed<>(elements)));
    }

    /** Whether arguments some of which are {@link Unknown} may turn out to fit the type. */
    static boolean mayFit(Type type, List<?> arguments) {
        List<?> values = isList(type) ? OptionValue.flat(arguments) : arguments;
        Type element = isList(type) ? OptionValue.elementType(type) : type;
        return (isList(type) || values.size() == 1) && values.stream().allMatch(value -> mayFit(type, element, value));
    }

    private static boolean mayFit(Type type, Type element, Object value) {
        if (value instanceof Unknown unknown) {
            return unknown.mayBe(OptionValue.rawType(element)) || unknown.mayBe(OptionValue.rawType(type));
        }
        return value instanceof Collection<?> || fits(element, of(value));
    }

    private static boolean isList(Type type) {
        Class<?> raw = OptionValue.rawType(type);
        return raw.isArray() || Collection.class.isAssignableFrom(raw);
    }

    /** Whether every value of a space can be one of the type. */
    private static boolean fits(Type type, Space<?> space) {
        if (space instanceof Space.Constant<?> constant) {
            return OptionValue.fit(type, List.of(constant.value())).isPresent();
        } else if (space instanceof Template<?, ?> template) {
            return OptionValue.rawType(type).isAssignableFrom(template.type());
        } else if (space instanceof Axis<?> axis) {
            return fits(type, axis.domain());
        }
        return false;
    }

    private static boolean fits(Type type, Domain<?> domain) {
        if (domain instanceof Domain.Alternatives<?> alternatives) {
            return alternatives.values().stream().allMatch(value -> fits(type, value));
        }
        Class<?> raw = OptionValue.rawType(type);
        return raw == double.class
                || (domain instanceof Domain.Integers
                        && List.of(int.class, Integer.class, long.class).contains(raw));
    }

    /** The same space with values of the type; itself, where they are that already. */
    static Space<?> typed(Type type, Space<Object> space) {
        return isList(type) || OptionValue.rawType(type).isPrimitive()
                ? new Space.Mapped<Object, Object>(space, value -> value(type, value))
                : space;
    }

    /** One of the values as the type. */
    static Object value(Type type, Object raw) {
        return OptionValue.fit(type, List.of(raw)).orElseThrow(() -> new IllegalStateException("it was found to fit"));
    }
}
