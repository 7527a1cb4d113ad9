package dev.palette.dsl;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fits what a script wrote after an option to the type that the option takes. Nothing is lost on the way: a whole number may
 * stand for a decimal one, not the reverse, and text is never read as a number.
 */
final class OptionValue {
    private OptionValue() {}

    /** The arguments as one value of the type, or nothing when they don't fit. Several arguments fit a list alone. */
    static Optional<Object> fit(Type type, List<?> arguments) {
        Class<?> raw = rawType(type);
        if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
            return fitAll(elementType(type), flat(arguments)).map(list -> raw.isArray() ? toArray(raw, list) : list);
        }
        if (raw == Map.class && arguments.size() == 1 && arguments.get(0) instanceof Map<?, ?> named) {
            return fitNamed(((ParameterizedType) type).getActualTypeArguments()[1], named);
        }
        return arguments.size() == 1 ? fitOne(type, arguments.get(0)) : Optional.empty();
    }

    /** Named arguments, as in {@code singleTask cola: 0.52, rte: 0.66}. */
    private static Optional<Object> fitNamed(Type element, Map<?, ?> named) {
        Map<String, Object> fitted = new LinkedHashMap<>();
        named.forEach((name, value) -> fitOne(element, value).ifPresent(fits -> fitted.put(name.toString(), fits)));
        return fitted.size() == named.size() ? Optional.of(fitted) : Optional.empty();
    }

    /** Arguments with lists and ranges among them replaced by their elements: {@code seeds 1..3} is {@code seeds 1, 2, 3}. */
    static List<Object> flat(List<?> arguments) {
        List<Object> values = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof Collection<?> collection) {
                values.addAll(collection);
            } else {
                values.add(argument);
            }
        }
        return values;
    }

    private static Optional<Object> fitOne(Type type, Object value) {
        Class<?> raw = rawType(type);
        if (raw == int.class) {
            return value instanceof Integer ? Optional.of(value) : Optional.empty();
        }
        if (raw == long.class || raw == Long.class) {
            return value instanceof Integer || value instanceof Long
                    ? Optional.of(((Number) value).longValue())
                    : Optional.empty();
        }
        if (raw == double.class || raw == Double.class) {
            return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
        }
        if (raw == String.class) {
            return value instanceof CharSequence ? Optional.of(value.toString()) : Optional.empty();
        }
        if (raw == boolean.class) {
            return value instanceof Boolean ? Optional.of(value) : Optional.empty();
        }
        return raw.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<List<Object>> fitAll(Type element, List<?> values) {
        List<Object> fitted = new ArrayList<>();
        for (Object value : values) {
            fitOne(element, value).ifPresent(fitted::add);
        }
        return fitted.size() == values.size() && !values.isEmpty() ? Optional.of(fitted) : Optional.empty();
    }

    private static Object toArray(Class<?> arrayType, List<Object> values) {
        Object array = Array.newInstance(arrayType.getComponentType(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    /** What a single value of the type is called, for messages. */
    static Type elementType(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Type argument = parameterized.getActualTypeArguments()[0];
            return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
        }
        if (type instanceof GenericArrayType array) {
            return array.getGenericComponentType();
        }
        return type instanceof Class<?> c && c.isArray() ? c.getComponentType() : type;
    }

    static Class<?> rawType(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return rawType(array.getGenericComponentType()).arrayType();
        }
        return (Class<?>) type;
    }
}
