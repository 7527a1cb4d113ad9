package dev.palette.inline;

import dev.palette.sampler.SamplingRule;
import dev.palette.sampler.SamplingState;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import java.util.Collection;
import java.util.List;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * {@code sampler { state -> … }}: the closure gives a weight for each task, or the index of the one task to be drawn.
 *
 * @param closure is given {@link SamplingWords}
 */
record SamplingClosure(Closure<?> closure, CodeErrors errors) implements SamplingRule {
    @Override
    public double[] weights(SamplingState state) {
        return errors.explained("sampler", () -> {
            Object given = closure.call(new SamplingWords(state));
            if (given instanceof Integer task) {
                return only(task, state.sizes().size());
            }
            Collection<?> values = given instanceof double[] numbers
                    ? DefaultGroovyMethods.toList(numbers)
                    : given instanceof Collection<?> list ? list : List.of();
            if (values.isEmpty() || !values.stream().allMatch(Number.class::isInstance)) {
                throw new PaletteException(
                        "a sampler gave %s, expected a list with a weight for each task, or the number of a task"
                                .formatted(InvokerHelper.toString(given)));
            }
            return values.stream()
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .toArray();
        });
    }

    private static double[] only(int task, int tasks) {
        if (task < 0 || task >= tasks) {
            throw new PaletteException(
                    "a sampler chose task %d, expected 0 to %d: there are %d tasks".formatted(task, tasks - 1, tasks));
        }
        double[] weights = new double[tasks];
        weights[task] = 1;
        return weights;
    }
}
