package dev.palette.search;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Domain;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Point;
import dev.palette.experiment.Sweep;
import dev.palette.storage.FileDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * Tells one study from another: by its axes, by what it searches and judges by, and by the variant of its first random point, in which
 * everything stands that does not vary. Not by how many points it has, so that more can be asked of the same study.
 */
final class Fingerprint {
    private static final int DIGITS = 16;

    private Fingerprint() {}

    static String of(SweepPlan plan) {
        Experiment experiment = plan.experiment();
        Sweep sweep = experiment.sweep();
        Dimensions dimensions = plan.candidates().dimensions();
        StringBuilder text = new StringBuilder();
        for (Axis<?> axis : dimensions.axes()) {
            text.append(dimensions.key(axis))
                    .append(' ')
                    .append(text(axis.domain()))
                    .append('\n');
        }
        Point first = plan.proposer() instanceof GridProposer grid
                ? grid.points().isEmpty()
                        ? new Point(new TreeMap<>())
                        : grid.points().get(0)
                : new RandomProposer(plan.candidates(), 0).propose(0, List.of(), List.of());
        text.append(plan.candidates().variant(first).trial(0).json())
                .append(sweep.strategy().getClass().getSimpleName())
                .append(sweep.seeds())
                .append(sweep.seed())
                .append(sweep.where())
                .append(sweep.stopEarly())
                .append(sweep.metric())
                .append(sweep.batch());
        return FileDigest.sha256(text.toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }

    private static String text(Domain<?> domain) {
        return domain instanceof Domain.Alternatives<?> alternatives
                ? "choice of " + alternatives.values().size()
                : domain.toString();
    }
}
