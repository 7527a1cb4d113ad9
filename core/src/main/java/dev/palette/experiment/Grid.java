package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Every combination of the axes' values, the first axis turning slowest. Which axes there are after an alternative was chosen hangs on
 * the alternative, so the space is asked for one value after the other, each time with the last answer that can still be raised
 * raised by one.
 */
final class Grid {
    /** One answer to an axis, and how many there are. */
    private static final class Digit {
        private final int size;
        private int index;

        Digit(int size) {
            this.size = size;
        }
    }

    private final List<Digit> digits = new ArrayList<>();

    private Grid() {}

    /** What {@code make} makes of each combination. */
    static <T> List<T> all(Function<Space.Choices, T> make) {
        Grid grid = new Grid();
        List<T> all = new ArrayList<>();
        do {
            all.add(grid.next(make));
        } while (grid.raise());
        return all;
    }

    private <T> T next(Function<Space.Choices, T> make) {
        IdentityHashMap<Axis<?>, Digit> answered = new IdentityHashMap<>();
        int[] asked = {0};
        return make.apply(axis -> {
            Digit digit = answered.computeIfAbsent(axis, unseen -> digit(asked[0]++, axis));
            return axis.domain().number(digit.index);
        });
    }

    private Digit digit(int position, Axis<?> axis) {
        if (position == digits.size()) {
            digits.add(new Digit(size(axis)));
        }
        return digits.get(position);
    }

    private static int size(Axis<?> axis) {
        return axis.domain()
                .size()
                .orElseThrow(() -> new PaletteException(
                        "%s has no end of values, so that not all of them can be run; say in sweep how many are drawn: random 20, or bayes 20; or list some: choice(1e-5, 3e-5)"
                                .formatted(axis.title())));
    }

    private boolean raise() {
        while (!digits.isEmpty()) {
            Digit last = digits.get(digits.size() - 1);
            if (++last.index < last.size) {
                return true;
            }
            digits.remove(digits.size() - 1);
        }
        return false;
    }
}
