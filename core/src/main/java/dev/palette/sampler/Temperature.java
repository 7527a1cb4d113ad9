package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.function.Consumer;

/**
 * Sizes capped and flattened: p ∝ min(N, K)^(1/T). With T = 1 and no cap it is proportional, with T = 2 square root, and the greater T
 * the more even (Raffel et al. 2020, §3.5.2; Aharoni et al. 2019 have T = 5 for a hundred languages).
 *
 * @param temperature T; 2 by default
 * @param limit K, the most examples that count for a task; 2,097,152 = 2²¹, T5's largest, by default
 * @see "Raffel et al. 2020, Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer, §3.5.2 (arXiv:1910.10683)"
 */
public record Temperature(
        @Limit(least = 1) double temperature,
        @Limit(least = 1) long limit) implements TaskSampling {
    /** Checks the ranges. */
    public Temperature {
        Limits.check(Temperature.class, temperature, limit);
    }

    /** Temperature sampling configured by a block: {@code Temperature.of(t -> t.temperature(5))}. */
    public static Temperature of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "temperature";
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        Distribution distribution = Distribution.of(Distribution.weights(
                tasks, n -> Math.pow(Math.min(n, (double) limit), 1 / temperature)));
        return (draw, uniform, reports) -> distribution.draw(uniform);
    }

    /** Options of {@code temperature}. */
    public static final class Options implements Block<Temperature> {
        private double temperature = 2.0;
        private long limit = 1L << 21;

        /** T: 1 for proportional to size, more for more even; 2 by default. */
        public Options temperature(double value) {
            temperature = value;
            return this;
        }

        /** The most examples that count for a task; 2097152 by default. */
        public Options limit(long examples) {
            limit = examples;
            return this;
        }

        @Override
        public Temperature build() {
            return new Temperature(temperature, limit);
        }
    }
}
