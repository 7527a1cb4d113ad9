package dev.palette.sampler;

import dev.palette.spec.Block;

/** Tasks in proportion to their training examples: p ∝ N (Stickland &amp; Murray 2019, §3.3, α = 1). */
public record Proportional() implements TaskSampling {
    @Override
    public String label() {
        return "proportional";
    }

    @Override
    public TaskSampler sampler(long[] sizes, long steps) {
        Distribution distribution = Distribution.power(sizes, 1);
        return (step, uniform) -> distribution.draw(uniform);
    }

    /** Proportional sampling has no options. */
    public static final class Options implements Block<Proportional> {
        @Override
        public Proportional build() {
            return new Proportional();
        }
    }
}
