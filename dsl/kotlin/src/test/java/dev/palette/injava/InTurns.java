package dev.palette.injava;

import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSampling;
import dev.palette.sampler.TaskSizes;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;

/** One task for some steps, then the next. */
public record InTurns(@Limit(least = 1) int length) implements TaskSampling {
    public InTurns {
        Limits.check(InTurns.class, length);
    }

    @Override
    public String label() {
        return "turns of " + length;
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        return (draw, uniform, reports) -> (int) (draw / length % tasks.count());
    }

    /** Options of {@code inTurns}. */
    public static final class Options implements Block<InTurns> {
        private int length = 2;

        /** Steps of a turn; 2 by default. */
        public Options length(int value) {
            length = value;
            return this;
        }

        @Override
        public InTurns build() {
            return new InTurns(length);
        }
    }
}
