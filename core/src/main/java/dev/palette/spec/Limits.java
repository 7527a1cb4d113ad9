package dev.palette.spec;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The limits of a record's components, as their {@link Limit} annotations have them. */
public final class Limits {
    private Limits() {}

    /**
     * Checks the values that a record is made of; for its compact constructor.
     *
     * @param values of its components, all and in order
     * @throws OptionException when one is outside its limits, or not a number: which, what it is, and what it should be
     */
    public static void check(Class<? extends Record> type, Object... values) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != values.length) {
            throw new IllegalArgumentException(
                    "%s has %d components, not %d".formatted(type, components.length, values.length));
        }
        for (int i = 0; i < components.length; i++) {
            Limit limit = components[i].getAnnotation(Limit.class);
            if (limit != null && !allows(limit, ((Number) values[i]).doubleValue())) {
                String name = components[i].getName();
                throw new OptionException(
                        name, "%s is %s, expected %s".formatted(name, values[i], text(limit, components[i].getType())));
            }
        }
    }

    /** What each component of a record that has a limit may be, in words: {@code size: a whole number of at least 1}. */
    public static Map<String, String> of(Class<? extends Record> type) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional.ofNullable(component.getAnnotation(Limit.class))
                    .ifPresent(limit -> texts.put(component.getName(), text(limit, component.getType())));
        }
        return texts;
    }

    private static boolean allows(Limit limit, double value) {
        boolean highEnough = limit.above() ? value > limit.least() : value >= limit.least();
        return highEnough && value <= limit.most() && Double.isFinite(value); // of what is not a number, nothing holds
    }

    private static String text(Limit limit, Class<?> type) {
        String kind = type == int.class || type == long.class ? "a whole number" : "a number";
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
