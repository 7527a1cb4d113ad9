package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import dev.palette.spec.Range;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The values of an axis, each standing for a number: alternatives for their index, numbers for themselves.
 *
 * @param <T> the type of the values
 */
public sealed interface Domain<T> {
    /** The value of a number; {@code choices} answers what varies within it. */
    T value(double number, Space.Choices choices);

    /** How many values there are; empty where they cannot be counted. */
    OptionalInt size();

    /** The number of a value by its place among those that can be counted, from 0. */
    double number(int index);

    /** The number that a share of the values lies below: uniform shares make numbers as likely as the domain says. */
    double quantile(double share);

    /** The number of the value that is nearest to a number. */
    double nearest(double number);

    /** The word that makes it in scripts. */
    String word();

    /** Shows the axes in its values. */
    default void forEachAxis(Space.Place place, Space.AxisVisitor visitor) {
        // numbers have none
    }

    /** Some values in the script's order; each may have options that vary in turn. */
    record Alternatives<T>(List<Space<T>> values) implements Domain<T> {
        /** Copies the list. */
        public Alternatives {
            values = List.copyOf(values);
        }

        @Override
        public T value(double number, Space.Choices choices) {
            return values.get((int) number).at(choices);
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.of(values.size());
        }

        @Override
        public double number(int index) {
            return index;
        }

        @Override
        public double quantile(double share) {
            return Math.min(values.size() - 1, Math.floor(share * values.size()));
        }

        @Override
        public double nearest(double number) {
            return Math.min(values.size() - 1, Math.max(0, Math.rint(number)));
        }

        @Override
        public String word() {
            return "choice";
        }

        @Override
        public void forEachAxis(Space.Place place, Space.AxisVisitor visitor) {
            IntStream.range(0, values.size()).forEach(i -> values.get(i).forEachAxis(place.alternative(i), visitor));
        }
    }

    /**
     * The numbers between two, with as many digits as a person writes: four that count where orders of magnitude are as likely, else
     * the first four decimal places of the distance between the two.
     *
     * @param low the lowest
     * @param high the highest
     * @param logarithmic whether orders of magnitude are as likely, not differences
     */
    record Reals(double low, double high, boolean logarithmic) implements Domain<Double> {
        private static final int DIGITS = 4;

        /** Checks that there are some. */
        public Reals {
            String word = logarithmic ? "logUniform" : "uniform";
            Range.between(word, low, -Double.MAX_VALUE, Double.MAX_VALUE);
            Range.between(word, high, -Double.MAX_VALUE, Double.MAX_VALUE);
            if (low >= high) {
                throw new PaletteException("%s(%s, %s) has no values: the first number must be below the second"
                        .formatted(word, low, high));
            }
            if (logarithmic && low <= 0) {
                throw new PaletteException(
                        "logUniform(%s, %s): orders of magnitude begin above 0; use uniform, or a positive lower bound"
                                .formatted(low, high));
            }
        }

        @Override
        public Double value(double number, Space.Choices choices) {
            return number;
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.empty();
        }

        @Override
        public double number(int index) {
            throw new IllegalStateException("numbers between two cannot be counted");
        }

        @Override
        public double quantile(double share) {
            double number = logarithmic
                    ? Math.exp(Math.log(low) + share * (Math.log(high) - Math.log(low)))
                    : low + share * (high - low);
            return nearest(number);
        }

        @Override
        public double nearest(double number) {
            BigDecimal exact = BigDecimal.valueOf(number);
            int places = DIGITS - 1 - (int) Math.floor(Math.log10(high - low));
            BigDecimal written = logarithmic
                    ? exact.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                    : exact.setScale(places, RoundingMode.HALF_EVEN);
            return Math.min(high, Math.max(low, written.doubleValue()));
        }

        @Override
        public String word() {
            return logarithmic ? "logUniform" : "uniform";
        }
    }

    /**
     * Whole numbers at equal distances.
     *
     * @param low the lowest
     * @param high none is above it
     * @param step from each to the next
     */
    record Integers(int low, int high, int step) implements Domain<Integer> {
        /** Checks that there are some. */
        public Integers {
            Range.atLeast("integer", step, 1);
            if (low > high || (long) high - low >= Integer.MAX_VALUE) {
                throw new PaletteException(
                        "integer(%d, %d) has no values: the first number must not be above the second"
                                .formatted(low, high));
            }
        }

        @Override
        public Integer value(double number, Space.Choices choices) {
            return (int) number;
        }

        @Override
        public OptionalInt size() {
            return OptionalInt.of((high - low) / step + 1);
        }

        @Override
        public double number(int index) {
            return low + (double) index * step;
        }

        @Override
        public double quantile(double share) {
            int count = size().orElseThrow();
            return number((int) Math.min(count - 1, Math.floor(share * count)));
        }

        @Override
        public double nearest(double number) {
            return number((int) Math.min(size().orElseThrow() - 1, Math.max(0, Math.rint((number - low) / step))));
        }

        @Override
        public String word() {
            return "integer";
        }
    }
}
