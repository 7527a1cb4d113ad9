package dev.palette.task;

import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.Map;

/**
 * A metric that a script defines: {@code metric('within1') { predicted, expected -> … }}. Its code gives a {@link MetricRule}.
 *
 * @param name what files and tables print
 * @param code the rule
 */
public record InlineMetric(String name, InlineCode code) implements PairedMetric {
    /** Checks the name. */
    public InlineMetric {
        TaskName.check(name);
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public String brief() {
        return name;
    }

    @Override
    public double of(double[] predicted, double[] expected) {
        double value = code.compile(MetricRule.class, Map.of()).of(predicted.clone(), expected.clone());
        if (!Double.isFinite(value)) {
            throw new PaletteException(
                    "metric '%s' is %s of %d predictions, expected a number".formatted(name, value, predicted.length));
        }
        return value;
    }
}
