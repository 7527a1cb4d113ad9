package dev.palette.sampler;

import dev.palette.spec.Block;

/**
 * Tasks in turn, whatever their sizes: batch b is of task b mod n (Stickland &amp; Murray 2019, §3.3).
 *
 * @see "Stickland and Murray 2019, BERT and PALs, §3.3 (arXiv:1902.02671)"
 */
public record RoundRobin() implements TaskSampling {
    @Override
    public String label() {
        return "roundRobin";
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        return (draw, uniform, reports) -> (int) (draw % tasks.count());
    }

    /** Round robin has no options. */
    public static final class Options implements Block<RoundRobin> {
        @Override
        public RoundRobin build() {
            return new RoundRobin();
        }
    }
}
