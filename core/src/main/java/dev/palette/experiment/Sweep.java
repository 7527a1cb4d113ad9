package dev.palette.experiment;

import dev.palette.spec.Block;
import dev.palette.spec.OptionException;
import dev.palette.spec.Range;
import dev.palette.task.Average;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How the trials follow from the axes.
 *
 * @param strategy which variants are run
 * @param grid axes named for the reader's sake; each must stand in the experiment, and every axis there is varied, named or not
 * @param list variants under names of their own, in the place of the experiment's one
 * @param seeds one trial of each variant a seed; one or more, no two the same
 * @param seed the search's own: random points follow from it and from nothing else
 * @param where which variants may be run
 * @param stopEarly when a trial is stopped before its end
 * @param metric what is searched for and stopped by, on the selection split: {@code cola.matthews}; empty for the average by which
 *     trials choose their checkpoints
 * @param batch 0 to use each score as soon as it is there; else points are proposed so many at a time, and trials are judged, as if
 *     those of earlier points had come first
 */
public record Sweep(
        Strategy strategy,
        List<Axis<?>> grid,
        List<NamedVariant> list,
        List<Long> seeds,
        long seed,
        Where where,
        EarlyStopping stopEarly,
        Optional<String> metric,
        int batch) {
    /** Copies the list. */
    public Sweep {
        grid = List.copyOf(grid);
        list = List.copyOf(list);
        seeds = List.copyOf(seeds);
    }

    /** Whether all trials are known beforehand and run to their end. */
    public boolean isFixed() {
        return !(strategy instanceof Strategy.Bayes) && stopEarly instanceof EarlyStopping.Never;
    }

    /** Whether what is run, or how far, hangs on scores. */
    public boolean isAdaptive() {
        return !isFixed();
    }

    /** The same with other seeds. */
    public Sweep withSeeds(List<Long> others) {
        return new Sweep(strategy, grid, list, others, seed, where, stopEarly, metric, batch);
    }

    /** Options of {@code sweep}. */
    public static final class Options implements Block<Sweep> {
        private @Nullable Strategy strategy;
        private List<Axis<?>> grid = List.of();
        private List<NamedVariant> list = List.of();
        private List<Long> seeds = List.of(1L);
        private @Nullable Long seed;
        private Where where = Where.ANY;
        private EarlyStopping stopEarly = new EarlyStopping.Never();
        private Optional<String> metric = Optional.empty();
        private int batch;

        /** Names the axes that are varied; every axis in the experiment is, whether named or not. */
        public Options grid(List<Axis<?>> axes) {
            grid = List.copyOf(axes);
            return this;
        }

        /** Variants under names of their own: each has what it gives in the place of what the experiment has. */
        public Options list(List<NamedVariant> variants) {
            list = List.copyOf(variants);
            return this;
        }

        /** So many variants, drawn at random, in the place of every combination. */
        public Options random(int points) {
            return strategy("random", new Strategy.Random(points));
        }

        /** So many variants, proposed by a model of the scores so far, in the place of every combination. */
        public Options bayes(int points) {
            return strategy("bayes", new Strategy.Bayes(points));
        }

        private Options strategy(String option, Strategy value) {
            if (strategy != null) {
                throw new OptionException(option, "a sweep is searched in one way: random or bayes, not both");
            }
            strategy = value;
            return this;
        }

        /** One trial of each variant a seed: {@code seeds 1..3}; seed 1 alone by default. */
        public Options seeds(Collection<Long> values) {
            seeds = List.copyOf(values);
            return this;
        }

        /** One trial of each variant a seed. */
        public Options seeds(long... values) {
            return seeds(LongStream.of(values).boxed().toList());
        }

        /** The seed of the search itself, from which its random points follow; 1 by default. */
        public Options seed(long value) {
            seed = value;
            return this;
        }

        /** Which variants may be run: {@code where { parameters { near 1.13; within 0.005 } }}; all by default. */
        public Options where(Where value) {
            where = value;
            return this;
        }

        /** When a trial that does poorly is stopped: {@code asha()}, {@code medianRule()}; never by default. */
        public Options stopEarly(EarlyStopping value) {
            stopEarly = value;
            return this;
        }

        /** What is searched for and stopped by, on the selection split: {@code 'cola.matthews'}. */
        public Options metric(String value) {
            metric = Optional.of(value);
            return this;
        }

        /** What is searched for and stopped by: the average by which trials choose their checkpoints, which is the default. */
        public Options metric(Average value) {
            return metric(value.label());
        }

        /** Whether the search goes as if trials came one after the other, whatever runs at once; false by default. */
        public Options synchronous(boolean value) {
            batch = value ? 1 : 0;
            return this;
        }

        /** The same in batches of so many points, which can run at once. */
        public Options synchronous(int points) {
            batch = Range.atLeast("synchronous", points, 1);
            return this;
        }

        @Override
        public Sweep build() {
            if (seed != null && strategy == null) {
                throw new OptionException(
                        "seed",
                        "seed is %d, the seed of a search's random points, and this sweep has neither random nor bayes; for the seeds of its trials write seeds %d"
                                .formatted(seed, seed));
            }
            return new Sweep(
                    strategy == null ? new Strategy.Grid() : strategy,
                    grid,
                    list,
                    seeds,
                    seed == null ? 1L : seed,
                    where,
                    stopEarly,
                    metric,
                    batch);
        }
    }
}
