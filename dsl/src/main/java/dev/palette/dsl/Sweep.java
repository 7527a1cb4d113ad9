package dev.palette.dsl;

import dev.palette.spec.Block;
import java.util.List;

/**
 * How the trials follow from the axes: every combination of all axes that stand in the experiment, with every seed.
 *
 * @param grid axes named for the reader's sake; each must stand in the experiment
 * @param seeds one trial of each combination a seed
 */
public record Sweep(List<Axis<?>> grid, List<Long> seeds) {
    /** Copies the lists. */
    public Sweep {
        grid = List.copyOf(grid);
        seeds = List.copyOf(seeds);
    }

    /** Options of {@code sweep}. */
    public static final class Options implements Block<Sweep> {
        private List<Axis<?>> grid = List.of();
        private List<Long> seeds = List.of(1L);

        /** Names the axes that are varied; every axis in the experiment is, whether named or not. */
        public Options grid(List<Axis<?>> axes) {
            grid = axes;
            return this;
        }

        /** Seeds, one trial each: {@code seeds 1..3}; seed 1 alone by default. */
        public Options seeds(List<Long> values) {
            seeds = values;
            return this;
        }

        @Override
        public Sweep build() {
            return new Sweep(grid, seeds);
        }
    }
}
