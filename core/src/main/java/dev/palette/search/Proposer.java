package dev.palette.search;

import dev.palette.experiment.Point;
import java.util.List;

/** Proposes points to try. Keeps nothing between two proposals, so that whoever has the scores can go on where another stopped. */
public interface Proposer {
    /**
     * The point of a number.
     *
     * @param number counts proposals from 0
     * @param observed points with their scores
     * @param pending points that were proposed and have no score yet
     */
    Point propose(int number, List<Observation> observed, List<Point> pending);

    /** Whether what is proposed hangs on scores, so that a synchronous study has to wait for them. */
    default boolean looksAtScores() {
        return true;
    }
}
