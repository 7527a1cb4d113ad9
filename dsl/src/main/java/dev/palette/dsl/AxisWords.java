package dev.palette.dsl;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Space;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The words that make axes: {@code choice(…)}, {@code uniform(…)}, {@code logUniform(…)}, {@code integer(…)}, each with a name first or none. */
final class AxisWords {
    private static final int STEP = 2;

    private AxisWords() {}

    static List<FunctionWord> all() {
        return List.of(
                word("choice", "values, as in choice(shared(), pal())", AxisWords::choice),
                word("uniform", "two numbers, as in uniform(0.0, 0.3)", numbers -> reals(numbers, Axis::uniform)),
                word(
                        "logUniform",
                        "two numbers, as in logUniform(1e-5, 1e-3)",
                        numbers -> reals(numbers, Axis::logUniform)),
                word(
                        "integer",
                        "two whole numbers, and a step or none, as in integer(48, 300, 6)",
                        AxisWords::integer));
    }

    private static FunctionWord word(String name, String expected, Function<List<?>, Optional<Axis<?>>> axis) {
        return new FunctionWord(name, Axis.class, expected, arguments -> {
            boolean named = isNamed(arguments);
            Optional<Axis<?>> made = axis.apply(named ? arguments.subList(1, arguments.size()) : arguments);
            return made.map(each -> named ? each.named(arguments.get(0).toString()) : each);
        });
    }

    /** Whether a name comes first. Texts alone are values; with a name they stand in a list: {@code choice('data', ['a', 'b'])}. */
    private static boolean isNamed(List<?> arguments) {
        return arguments.size() > 1
                && arguments.get(0) instanceof CharSequence
                && !arguments.stream().allMatch(CharSequence.class::isInstance);
    }

    /** A single list stands for its elements, a range too; several lists are values themselves. */
    private static Optional<Axis<?>> choice(List<?> values) {
        Collection<?> all = values.size() == 1 && values.get(0) instanceof Collection<?> one ? one : values;
        List<Space<Object>> spaces = new ArrayList<>();
        all.forEach(value -> spaces.add(Spaces.of(value)));
        return Optional.of(Axis.choiceOf(spaces));
    }

    /** Makes an axis of two numbers. */
    private interface Reals {
        Axis<Double> between(double low, double high);
    }

    private static Optional<Axis<?>> reals(List<?> numbers, Reals axis) {
        boolean two = numbers.size() == 2 && numbers.stream().allMatch(Number.class::isInstance);
        return two
                ? Optional.of(
                        axis.between(((Number) numbers.get(0)).doubleValue(), ((Number) numbers.get(1)).doubleValue()))
                : Optional.empty();
    }

    private static Optional<Axis<?>> integer(List<?> numbers) {
        boolean whole = (numbers.size() == 2 || numbers.size() == STEP + 1)
                && numbers.stream().allMatch(Integer.class::isInstance);
        return whole
                ? Optional.of(Axis.integer(
                        (Integer) numbers.get(0),
                        (Integer) numbers.get(1),
                        numbers.size() == 2 ? 1 : (Integer) numbers.get(STEP)))
                : Optional.empty();
    }
}
