package dev.palette.search;

import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Point;
import dev.palette.experiment.Points;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Sweep;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Variant;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which trials an experiment's sweep will have, as far as that is known beforehand.
 *
 * @param experiment whose sweep it is
 * @param candidates the points that may be run
 * @param proposer names the points that are
 * @param points how many
 */
public record SweepPlan(Experiment experiment, Candidates candidates, Proposer proposer, int points) {
    /**
     * The plan of an experiment.
     *
     * @param sizes measures its models, where constraints ask for it
     * @throws PaletteException when nothing may be run
     */
    public static SweepPlan of(Experiment experiment, ModelSizes sizes) {
        Candidates candidates = new Candidates(experiment, sizes);
        Sweep sweep = experiment.sweep();
        if (sweep.strategy() instanceof Strategy.Random random) {
            return new SweepPlan(experiment, candidates, new RandomProposer(candidates, sweep.seed()), random.points());
        } else if (sweep.strategy() instanceof Strategy.Bayes bayes) {
            return new SweepPlan(experiment, candidates, new Tpe(candidates, sweep.seed()), bayes.points());
        }
        List<Point> grid = grid(experiment, candidates);
        return new SweepPlan(experiment, candidates, new GridProposer(grid), grid.size());
    }

    private static List<Point> grid(Experiment experiment, Candidates candidates) {
        List<Point> all = new Points(experiment).ofGrid();
        List<Point> allowed = all.stream()
                .filter(point -> candidates.isAllowed(candidates.variant(point)))
                .toList();
        if (allowed.isEmpty()) {
            throw candidates.nothing("of %,d combinations".formatted(all.size()));
        }
        return allowed;
    }

    /** The variants that are known beforehand, each once: all but those that a model of the scores will propose. */
    public List<Variant> variants() {
        int known = experiment.sweep().strategy() instanceof Strategy.Bayes ? Math.min(points, Tpe.STARTUP) : points;
        Set<Variant> variants = new LinkedHashSet<>();
        IntStream.range(0, known)
                .mapToObj(number -> proposer.propose(number, List.of(), List.of()))
                .forEach(point -> variants.add(candidates.variant(point)));
        return List.copyOf(variants);
    }

    /** The trials that are known beforehand: all variants with the first seed, then all with the second. */
    public List<Trial> trials() {
        List<Variant> variants = variants();
        return experiment.seeds().stream()
                .flatMap(seed -> variants.stream().map(variant -> variant.trial(seed)))
                .toList();
    }

    /** How many combinations the search space has; empty where they cannot be counted. */
    public OptionalLong combinations() {
        return experiment.space().isCountable()
                ? OptionalLong.of(new Points(experiment).ofGrid().size())
                : OptionalLong.empty();
    }

    /** What makes scores on the way a poor guide, if anything does: trials of different lengths, or of different batches. */
    public Optional<String> warning() {
        if (experiment.sweep().stopEarly() instanceof EarlyStopping.Never) {
            return Optional.empty();
        }
        List<String> differing = new ArrayList<>();
        List<Variant> variants = variants();
        long lengths =
                variants.stream().map(v -> v.training().steps()).distinct().count();
        long batches =
                variants.stream().map(v -> v.training().batchSize()).distinct().count();
        long warmups = variants.stream()
                .map(v -> v.training().optimizer().warmupFraction())
                .distinct()
                .count();
        if (lengths > 1) {
            differing.add(
                    "train.steps: the learning rate falls to 0 at each trial's own end, so that after the same steps a short trial is nearly done and looks better than a long one");
        }
        if (batches > 1) {
            differing.add("train.batchSize: after the same steps they have seen different amounts of data");
        }
        if (warmups > 1) {
            differing.add("warmupFraction: after the same steps some are still warming up");
        }
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of("early scores are not comparable: trials differ in " + String.join("; in ", differing)
                        + "; stopEarly may stop the wrong ones");
    }
}
