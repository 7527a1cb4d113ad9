package dev.palette.sampler;

import dev.palette.spec.Block;

/** Tasks in proportion to the square root of their training examples: p ∝ √N (Stickland &amp; Murray 2019, §3.3, α = 0.5). */
public record SquareRoot() implements TaskSampling {
    @Override
    public String label() {
        return "squareRoot";
    }

    @Override
    public TaskSampler sampler(long[] sizes, long steps) {
        Distribution distribution = Distribution.power(sizes, 0.5);
        return (step, uniform) -> distribution.draw(uniform);
    }

    /** Square-root sampling has no options. */
    public static final class Options implements Block<SquareRoot> {
        @Override
        public SquareRoot build() {
            return new SquareRoot();
        }
    }
}
