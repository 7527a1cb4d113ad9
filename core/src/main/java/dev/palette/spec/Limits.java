package dev.palette.spec;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of a record's components, as their {@link Limit} annotations have them. */
public final class Limits {
    private Limits() {}

    /**
     * Checks the values that a record is made of; for its compact constructor.
     *
     * @param values of its components, all and in order; null for one that is not given
     * @throws OptionException when one is outside its limits, or not a number: which, what it is, and what it should be
     */
    public static void check(Class<? extends Record> type, @Nullable Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != values.length) {
            throw new IllegalArgumentException(
                    "%s has %d components, not %d".formatted(type, components.length, values.length));
        }
        for (int i = 0; i < components.length; i++) {
            check(components[i], values[i]);
        }
    }

    /**
     * Checks the value of one component, of which the others are not known yet.
     *
     * @param type what is described; without limits where it is no record
     * @param component its name; without limits where the record has none of this name
     * @throws OptionException when a number is outside the component's limits
     */
    public static void check(Class<?> type, String component, Object value) {
        RecordComponent[] components = type.getRecordComponents();
        for (RecordComponent each : components == null ? new RecordComponent[0] : components) {
            if (each.getName().equals(component) && value instanceof Number) {
                check(each, value);
            }
        }
    }

    private static void check(RecordComponent component, @Nullable Object value) {
        Limit limit = limit(component);
        if (limit != null && value != null && !allows(limit, ((Number) value).doubleValue())) {
            String name = component.getName();
            throw new OptionException(
                    name, "%s is %s, expected %s".formatted(name, value, text(limit, component.getType())));
        }
    }

    /** What each component of a record that has a limit may be, in words: {@code size: a whole number of at least 1}. */
    public static Map<String, String> of(Class<? extends Record> type) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional.ofNullable(limit(component))
                    .ifPresent(limit -> texts.put(component.getName(), text(limit, component.getType())));
        }
        return texts;
    }

    /** A Java compiler copies a component's annotation to its field; Kotlin's writes it to the field alone. */
    private static @Nullable Limit limit(RecordComponent component) {
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(Limit.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("a record has a field for each component: " + component, e);
        }
    }

    private static boolean allows(Limit limit, double value) {
        boolean highEnough = limit.above() ? value > limit.least() : value >= limit.least();
        return highEnough && value <= limit.most() && Double.isFinite(value); // of what is not a number, nothing holds
    }

    private static String text(Limit limit, Class<?> type) {
        boolean whole = type == int.class || type == long.class || type == Integer.class;
        String kind = whole ? "a whole number" : "a number";
        boolean bounded = Double.isFinite(limit.most());
        if (bounded && !limit.above()) {
            return kind + " from " + plain(limit.least()) + " to " + plain(limit.most());
        }
        String low = (limit.above() ? " greater than " : " of at least ") + plain(limit.least());
        return kind + low + (bounded ? " and of at most " + plain(limit.most()) : "");
    }

    /** 1 and 0.5, never 1.0 or 1.0E-6. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
