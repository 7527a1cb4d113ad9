package dev.palette.sampler;

import dev.palette.spec.Block;

/**
 * Tasks in proportion to the square root of their training examples: p ∝ √N (Stickland &amp; Murray 2019, §3.3, α = 0.5).
 *
 * @see "Stickland and Murray 2019, BERT and PALs, §3.3 (arXiv:1902.02671)"
 */
public record SquareRoot() implements TaskSampling {
    @Override
    public String label() {
        return "squareRoot";
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        Distribution distribution = Distribution.power(tasks, 0.5);
        return (draw, uniform, reports) -> distribution.draw(uniform);
    }

    /** Square-root sampling has no options. */
    public static final class Options implements Block<SquareRoot> {
        @Override
        public SquareRoot build() {
            return new SquareRoot();
        }
    }
}
