package dev.palette.sampler;

import dev.palette.spec.Block;

/**
 * Tasks in proportion to their training examples: p ∝ N (Stickland &amp; Murray 2019, §3.3, α = 1).
 *
 * @see "Stickland and Murray 2019, BERT and PALs, §3.3 (arXiv:1902.02671)"
 */
public record Proportional() implements TaskSampling {
    @Override
    public String label() {
        return "proportional";
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        Distribution distribution = Distribution.power(tasks, 1);
        return (draw, uniform, reports) -> distribution.draw(uniform);
    }

    /** Proportional sampling has no options. */
    public static final class Options implements Block<Proportional> {
        @Override
        public Proportional build() {
            return new Proportional();
        }
    }
}
