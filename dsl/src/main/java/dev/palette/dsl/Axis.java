package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several values standing where an option takes one: {@code adapter choice(shared(), pal { size 204 })}. The experiment is run
 * once for each of them.
 *
 * @param name what {@code choice('architecture', …)} was called, or null when it was given no name
 * @param values what to choose from, in the script's order; one or more, no two equal
 * @param <T> what the option takes: adapters, sampling methods
 */
public record Axis<T>(@Nullable String name, List<T> values) {
    /** Checks that there is something to choose, once each. */
    public Axis {
        values = List.copyOf(values);
        String what = name == null ? "choice" : "choice '" + name + "'";
        if (values.isEmpty()) {
            throw new PaletteException(
                    what + " has no values, expected one or more: choice(shared(), pal { size 204 })");
        }
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(value)) {
                throw new PaletteException(
                        "%s has %s twice; each value is run once for every seed".formatted(what, value));
            }
        }
    }

    /** An axis of one value: what an option given without a choice amounts to. */
    public static <T> Axis<T> of(T value) {
        return new Axis<>(null, List.of(value));
    }
}
