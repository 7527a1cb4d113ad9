package dev.palette.search;

import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.ParameterBudget;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import dev.palette.experiment.Variant;
import dev.palette.spec.PaletteException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The points of an experiment that may be run: those whose values go together and whose models have a size that is allowed. */
public final class Candidates implements SearchSpace {
    private static final int TRIES = 2_000;

    private final Experiment experiment;
    private final Dimensions dimensions;
    private final ModelSizes sizes;
    private @Nullable PaletteException refusal;
    private double nearest = Double.NaN;

    /** The points of an experiment, whose models {@code sizes} measures. */
    public Candidates(Experiment experiment, ModelSizes sizes) {
        this.experiment = experiment;
        this.dimensions = Dimensions.of(experiment.space());
        this.sizes = sizes;
    }

    @Override
    public Dimensions dimensions() {
        return dimensions;
    }

    /** The variant of a point. */
    public Variant variant(Point point) {
        return experiment.variant(dimensions.answers(point));
    }

    @Override
    public Optional<Point> point(Space.Choices answers) {
        Dimensions.Recorder recorder = dimensions.record(answers);
        try {
            return isAllowed(experiment.variant(recorder)) ? Optional.of(recorder.point()) : Optional.empty();
        } catch (PaletteException e) {
            refusal = e;
            return Optional.empty();
        }
    }

    /** Whether a variant's model has a size that is allowed. */
    public boolean isAllowed(Variant variant) {
        Optional<ParameterBudget> budget = experiment.sweep().where().parameters();
        if (budget.isEmpty()) {
            return true;
        }
        double size = sizes.of(variant).ratio();
        if (Double.isNaN(nearest) || budget.get().distance(size) < budget.get().distance(nearest)) {
            nearest = size;
        }
        return budget.get().allows(size);
    }

    @Override
    public Point firstOf(IntFunction<Space.Choices> answers) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Point> point = point(answers.apply(i));
            if (point.isPresent()) {
                return point.get();
            }
        }
        throw nothing("of %,d points drawn at random".formatted(TRIES));
    }

    /** The error for a search in which nothing may be run. */
    PaletteException nothing(String among) {
        Optional<ParameterBudget> budget = experiment.sweep().where().parameters();
        if (budget.isPresent() && !Double.isNaN(nearest)) {
            return new PaletteException(String.format(
                    Locale.ROOT,
                    "experiment '%s': no variant meets where { parameters … }, which allows %s: %s the nearest has %.4f times; widen the bounds or the axes",
                    experiment.name(),
                    budget.get().text(),
                    among,
                    nearest));
        }
        return new PaletteException(
                "experiment '%s': the search space is empty: %s none can be built%s"
                        .formatted(
                                experiment.name(), among, refusal == null ? "" : "; the last: " + refusal.getMessage()),
                refusal);
    }
}
