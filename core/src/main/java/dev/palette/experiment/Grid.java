package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Every combination of the axes' values, the first axis turning slowest. Which axes there are after an alternative was chosen hangs on
 * the alternative, so the space is asked for one value after the other, each time with the last answer that can still be raised
 * raised by one.
 */
final class Grid {
    /** The answers that an axis may get, and the one that it gets now. */
    private static final class Digit {
        private final double[] numbers;
        private int index;

        private Digit(double[] numbers) {
            this.numbers = numbers;
        }
    }

    private final Function<Axis<?>, double[]> numbers;
    private final List<Digit> digits = new ArrayList<>();

    private Grid(Function<Axis<?>, double[]> numbers) {
        this.numbers = numbers;
    }

    /** What {@code make} makes of each combination of the axes' values. */
    static <T> List<T> all(Function<Space.Choices, T> make) {
        return all(Grid::values, make);
    }

    /** What {@code make} makes of each combination of some answers to each axis, one or more. */
    static <T> List<T> all(Function<Axis<?>, double[]> numbers, Function<Space.Choices, T> make) {
        Grid grid = new Grid(numbers);
        List<T> all = new ArrayList<>();
        do {
            all.add(grid.next(make));
        } while (grid.raise());
        return all;
    }

    private <T> T next(Function<Space.Choices, T> make) {
        IdentityHashMap<Axis<?>, Digit> answered = new IdentityHashMap<>();
        return make.apply(axis -> {
            Digit digit = answered.get(axis);
            if (digit == null) {
                digit = digit(answered.size(), axis);
                answered.put(axis, digit);
            }
            return digit.numbers[digit.index];
        });
    }

    private Digit digit(int position, Axis<?> axis) {
        if (position == digits.size()) {
            digits.add(new Digit(numbers.apply(axis)));
        }
        return digits.get(position);
    }

    private static double[] values(Axis<?> axis) {
        int size = axis.domain()
                .size()
                .orElseThrow(() -> new PaletteException(
                        "%s has no end of values, so that not all of them can be run; say in sweep how many are drawn: random 20, or bayes 20; or list some: choice(1e-5, 3e-5)"
                                .formatted(axis.title())));
        return IntStream.range(0, size).mapToDouble(axis.domain()::number).toArray();
    }

    private boolean raise() {
        while (!digits.isEmpty()) {
            Digit last = digits.get(digits.size() - 1);
            if (++last.index < last.numbers.length) {
                return true;
            }
            digits.remove(digits.size() - 1);
        }
        return false;
    }
}
