package dev.palette.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The values that an option takes over an experiment's trials: one ({@link Constant}), several ({@link Axis}), or those of a block
 * some of whose options vary ({@link Template}). Spaces nest, and what is nested in one alternative of a choice varies in those trials
 * alone that choose it. Immutable.
 *
 * <p>A space does not know how it is searched. Whoever searches answers, in {@link #at}, the question of each axis on the way to one
 * value; an axis that is not on the way is not asked for.
 *
 * @param <T> the type of the option
 */
public sealed interface Space<T>
        permits Space.Constant, Space.Listed, Space.Tied, Space.Mapped, Axis, Template, VariantSpace {
    /**
     * One of the values.
     *
     * @throws dev.palette.spec.PaletteException when the values chosen do not go together
     */
    T at(Choices choices);

    /**
     * Shows every axis, in the order in which {@link #at} asks for them, those of all alternatives.
     *
     * @param place where this space stands
     */
    void forEachAxis(Place place, AxisVisitor visitor);

    /** One value, which does not vary. */
    static <T> Space<T> of(T value) {
        return new Constant<>(value);
    }

    /** Whether there is one value alone. */
    default boolean isConstant() {
        boolean[] varies = {false};
        forEachAxis(Place.ROOT, (axis, place) -> varies[0] = true);
        return !varies[0];
    }

    /** Whether the values can be counted. */
    default boolean isCountable() {
        boolean[] endless = {false};
        forEachAxis(
                Place.ROOT, (axis, place) -> endless[0] |= axis.domain().size().isEmpty());
        return !endless[0];
    }

    /** Answers what an axis asks. */
    @FunctionalInterface
    interface Choices {
        /** Alternatives by their index, from 0; numbers by their value. */
        double of(Axis<?> axis);
    }

    /** Sees axes. */
    @FunctionalInterface
    interface AxisVisitor {
        /** Sees one; an axis that stands in several places is seen in each. */
        void visit(Axis<?> axis, Place place);
    }

    /**
     * Where a space stands.
     *
     * @param path in a trial's JSON, as in {@link ExperimentAxis}
     * @param key the same, with the alternatives that were chosen on the way: {@code adapter#1.size}
     */
    record Place(String path, String key) {
        /** The trial itself. */
        static final Place ROOT = new Place("", "");

        /** An option of what stands here. */
        Place option(String name) {
            return new Place(path.isEmpty() ? name : path + "." + name, key.isEmpty() ? name : key + "." + name);
        }

        /** An option whose value stands in the JSON under no name of its own. */
        Place unnamedOption(String name) {
            return new Place(path, key + "." + name);
        }

        /** An element of a list. */
        Place element(int index) {
            return new Place(path + "[" + index + "]", key + "[" + index + "]");
        }

        /** One of several values for this place. */
        Place alternative(int index) {
            return new Place(path, key + "#" + index);
        }
    }

    /** One value. */
    record Constant<T>(T value) implements Space<T> {
        @Override
        public T at(Choices choices) {
            return value;
        }

        @Override
        public void forEachAxis(Place place, AxisVisitor visitor) {
            // it has none
        }
    }

    /** A list whose elements may vary. */
    record Listed<E>(List<Space<E>> elements) implements Space<List<E>> {
        /** Copies the list. */
        public Listed {
            elements = List.copyOf(elements);
        }

        @Override
        public List<E> at(Choices choices) {
            List<E> values = new ArrayList<>();
            elements.forEach(element -> values.add(element.at(choices)));
            return values;
        }

        @Override
        public void forEachAxis(Place place, AxisVisitor visitor) {
            IntStream.range(0, elements.size()).forEach(i -> elements.get(i).forEachAxis(place.element(i), visitor));
        }
    }

    /**
     * Values of one option that vary together with those of others: each alternative of an axis has its own.
     *
     * @param axis whose alternative decides
     * @param values one an alternative
     */
    record Tied<T>(Axis<?> axis, List<Space<T>> values) implements Space<T> {
        /** Copies the list. */
        public Tied {
            values = List.copyOf(values);
        }

        @Override
        public T at(Choices choices) {
            return values.get((int) choices.of(axis)).at(choices);
        }

        @Override
        public void forEachAxis(Place place, AxisVisitor visitor) {
            visitor.visit(axis, place);
            IntStream.range(0, values.size()).forEach(i -> values.get(i).forEachAxis(place.alternative(i), visitor));
        }
    }

    /** What a function makes of the values of another space. */
    record Mapped<S, T>(Space<S> of, Function<? super S, ? extends T> function) implements Space<T> {
        @Override
        public T at(Choices choices) {
            return function.apply(of.at(choices));
        }

        @Override
        public void forEachAxis(Place place, AxisVisitor visitor) {
            of.forEachAxis(place, visitor);
        }
    }
}
