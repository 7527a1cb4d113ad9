package dev.palette.search;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import dev.palette.spec.RandomStreams;
import java.util.List;

/**
 * Draws points at random, each number of each point from a stream of its own: more points leave the first ones as they are, and an
 * axis more leaves the values of the others.
 */
public final class RandomProposer implements Proposer {
    private final SearchSpace candidates;
    private final RandomStreams random;

    /** Points that follow from a seed. */
    public RandomProposer(SearchSpace candidates, long seed) {
        this.candidates = candidates;
        this.random = new RandomStreams(seed);
    }

    @Override
    public Point propose(int number, List<Observation> observed, List<Point> pending) {
        return candidates.firstOf(attempt -> answers(number, attempt));
    }

    @Override
    public boolean looksAtScores() {
        return false;
    }

    private Space.Choices answers(int number, int attempt) {
        return axis -> axis.domain().quantile(random.uniform(purpose(axis, attempt), number));
    }

    private String purpose(Axis<?> axis, int attempt) {
        return "sweep " + candidates.dimensions().key(axis) + (attempt == 0 ? "" : " again " + attempt);
    }
}
