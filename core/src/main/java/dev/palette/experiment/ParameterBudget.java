package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.Range;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How large a model may be, as a multiple of one encoder's parameters: equal budgets make methods comparable.
 *
 * @param least the smallest multiple allowed
 * @param most the largest
 */
public record ParameterBudget(double least, double most) {
    /** Whether a model of so many times the encoder's parameters may be. */
    public boolean allows(double timesEncoder) {
        return timesEncoder >= least && timesEncoder <= most;
    }

    /** How far a size is from what is allowed; 0 where it is. */
    public double distance(double timesEncoder) {
        return Math.max(0, Math.max(least - timesEncoder, timesEncoder - most));
    }

    /** For people: {@code 1.1250 to 1.1350 times the encoder's parameters}. */
    public String text() {
        return least == 0
                ? String.format(Locale.ROOT, "at most %.4f times the encoder's parameters", most)
                : String.format(Locale.ROOT, "%.4f to %.4f times the encoder's parameters", least, most);
    }

    /** Options of {@code parameters}. */
    public static final class Options implements Block<ParameterBudget> {
        private @Nullable Double near;
        private double within = 0.005;
        private @Nullable Double atMost;

        /** The multiple of the encoder's parameters that models shall have, heads counted: 1.13 for PALs(204) with eight tasks. */
        public Options near(double value) {
            near = Range.positive("near", value);
            return this;
        }

        /** How far from {@code near} is near enough; 0.005 by default. */
        public Options within(double value) {
            within = Range.positive("within", value);
            return this;
        }

        /** The largest multiple, where smaller models will do as well. */
        public Options atMost(double value) {
            atMost = Range.positive("atMost", value);
            return this;
        }

        @Override
        public ParameterBudget build() {
            if ((near == null) == (atMost == null)) {
                throw new OptionException(
                        near == null ? "parameters" : "atMost",
                        "parameters takes either near, as in near 1.13; within 0.005, or atMost, as in atMost 1.2");
            }
            return near == null ? new ParameterBudget(0, atMost) : new ParameterBudget(near - within, near + within);
        }
    }
}
