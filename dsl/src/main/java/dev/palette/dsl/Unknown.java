package dev.palette.dsl;

import groovy.lang.GroovyObjectSupport;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a value that is not to be had: one that only running the script would give, while it is rehearsed; or one that was refused,
 * whose place something must take so that the rest of the script can be looked at. Whatever is asked of it is unknown too.
 */
final class Unknown extends GroovyObjectSupport {
    private final Class<?> type;

    /** @param type what the value is sure to be; {@code Object} where nothing is sure */
    Unknown(Class<?> type) {
        this.type = type;
    }

    Unknown() {
        this(Object.class);
    }

    Class<?> type() {
        return type;
    }

    /** Whether some of the values are unknown, or hold one that is. */
    static boolean among(Collection<?> values) {
        return values.stream()
                .anyMatch(value -> value instanceof Unknown || (value instanceof Collection<?> list && among(list)));
    }

    /** Whether the value may be of a type. */
    boolean mayBe(Class<?> other) {
        return type == Object.class || type.isAssignableFrom(other) || other.isAssignableFrom(type);
    }

    @Override
    public Object invokeMethod(String name, @Nullable Object arguments) {
        return new Unknown();
    }

    @Override
    public Object getProperty(String name) {
        return new Unknown();
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
        // what was refused takes whatever it is given
    }
}
