package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that varies, standing where an option takes its value: {@code adapter choice(shared(), pal { size 204 })},
 * {@code learningRate logUniform(1e-5, 1e-3)}. One axis that stands in several places has one value in all of them.
 *
 * @param name what {@code choice('architecture', …)} was called, or null when it was given no name
 * @param domain its values
 * @param <T> their type
 */
public record Axis<T>(@Nullable String name, Domain<T> domain) implements Space<T> {
    /** Checks that no two alternatives are equal. */
    public Axis {
        if (domain instanceof Domain.Alternatives<T> choice) {
            requireDistinct(name == null ? "choice" : "choice '" + name + "'", choice.values());
        }
    }

    private static void requireDistinct(String what, List<? extends Space<?>> values) {
        if (values.isEmpty()) {
            throw new PaletteException(
                    what + " has no values, expected one or more: choice(shared(), pal { size 204 })");
        }
        Set<Space<?>> seen = new HashSet<>();
        for (Space<?> value : values) {
            if (!seen.add(value)) {
                throw new PaletteException("%s has %s twice; each value is run once for every seed"
                        .formatted(what, value instanceof Space.Constant<?> constant ? constant.value() : value));
            }
        }
    }

    /** One of some values. */
    @SafeVarargs
    public static <T> Axis<T> choice(T... values) {
        return choice(Arrays.asList(values));
    }

    /** One of some values. */
    public static <T> Axis<T> choice(Collection<? extends T> values) {
        return choiceOf(values.stream().map(Space::<T>of).toList());
    }

    /** One of some spaces: an alternative may have options that vary in turn. */
    public static <T> Axis<T> choiceOf(List<? extends Space<? extends T>> values) {
        return new Axis<>(
                null,
                new Domain.Alternatives<>(values.stream().map(Axis::<T>widened).toList()));
    }

    /** A number between two, each as likely. */
    public static Axis<Double> uniform(double low, double high) {
        return new Axis<>(null, new Domain.Reals(low, high, false));
    }

    /** A number between two, each order of magnitude as likely. */
    public static Axis<Double> logUniform(double low, double high) {
        return new Axis<>(null, new Domain.Reals(low, high, true));
    }

    /** A whole number between two, both of them among the values. */
    public static Axis<Integer> integer(int low, int high) {
        return integer(low, high, 1);
    }

    /** One of the whole numbers {@code low}, {@code low + step}, … up to {@code high}. */
    public static Axis<Integer> integer(int low, int high, int step) {
        return new Axis<>(null, new Domain.Integers(low, high, step));
    }

    /** The same with a name, under which tables show it. */
    public Axis<T> named(String newName) {
        return new Axis<>(newName, domain);
    }

    @Override
    public T at(Choices choices) {
        return domain.value(choices.of(this), choices);
    }

    @Override
    public void forEachAxis(Place place, AxisVisitor visitor) {
        visitor.visit(this, place);
        domain.forEachAxis(place, visitor);
    }

    /** What messages call it: {@code the choice 'architecture'}, {@code a choice}. */
    public String title() {
        return name == null ? "a " + domain.word() : "the %s '%s'".formatted(domain.word(), name);
    }

    @SuppressWarnings("unchecked") // a space gives values and takes none
    private static <T> Space<T> widened(Space<? extends T> space) {
        return (Space<T>) space;
    }
}
