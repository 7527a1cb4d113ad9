package dev.palette.sampler;

import dev.palette.spec.Block;

/** Tasks in turn, whatever their sizes: step s takes task s mod n (Stickland &amp; Murray 2019, §3.3). */
public record RoundRobin() implements TaskSampling {
    @Override
    public String label() {
        return "roundRobin";
    }

    @Override
    public TaskSampler sampler(long[] sizes, long steps) {
        return (step, uniform) -> (int) (step % sizes.length);
    }

    /** Round robin has no options. */
    public static final class Options implements Block<RoundRobin> {
        @Override
        public RoundRobin build() {
            return new RoundRobin();
        }
    }
}
