package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * From proportional towards uniform while training: p ∝ N^α with α falling in equal phases (Stickland &amp; Murray 2019, §3.3:
 * α = 1 − 0.8 (e − 1)/(E − 1) over E epochs). Large tasks are learnt first, and the small ones are not forgotten at the end.
 *
 * @param from α of the first phase; 1 by default
 * @param to α of the last phase; 0.2 by default
 * @param phases parts of equal length over which α is constant; 25 by default. With one phase α stays at {@code from}
 * @see "Stickland and Murray 2019, BERT and PALs, §3.3 (arXiv:1902.02671)"
 */
public record Annealed(
        @Limit(least = 0, most = 1) double from,
        @Limit(least = 0, most = 1) double to,
        @Limit(least = 1) int phases) implements TaskSampling {
    /** Checks the ranges. */
    public Annealed {
        Limits.check(Annealed.class, from, to, phases);
    }

    /** Annealed sampling configured by a block: {@code Annealed.of(a -> a.phases(5))}. */
    public static Annealed of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "annealed";
    }

    /** The exponent of a phase, counted from 0. */
    double alpha(int phase) {
        return phases == 1 ? from : from + (to - from) * phase / (phases - 1);
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        Distribution[] distributions = IntStream.range(0, phases)
                .mapToObj(phase -> Distribution.power(tasks, alpha(phase)))
                .toArray(Distribution[]::new);
        return (draw, uniform, reports) ->
                distributions[(int) Math.min(draw * phases / draws, phases - 1L)].draw(uniform);
    }

    /** Options of {@code annealed}. */
    public static final class Options implements Block<Annealed> {
        private double from = 1.0;
        private double to = 0.2;
        private int phases = 25;

        /** Exponent at the start; 1 by default. */
        public Options from(double alpha) {
            from = alpha;
            return this;
        }

        /** Exponent at the end; 0.2 by default. */
        public Options to(double alpha) {
            to = alpha;
            return this;
        }

        /** Parts of equal length over which the exponent is constant; 25 by default. */
        public Options phases(int value) {
            phases = value;
            return this;
        }

        @Override
        public Annealed build() {
            return new Annealed(from, to, phases);
        }
    }
}
