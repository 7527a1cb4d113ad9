package dev.palette.search;

import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import dev.palette.spec.RandomStreams;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011, §4), over all axes jointly (Falkner et al. 2018). The points observed are
 * divided into the few good ones and the rest, and a density is estimated of each, l and g. Candidates are drawn from l, and the one
 * with the largest l/g is proposed, which is the one with the largest expected improvement (their equation 6).
 *
 * <p>A point that is still being tried counts among the rest, so that its like is not proposed at the same time. The first few points
 * are random, those of {@link RandomProposer}.
 */
public final class Tpe implements Proposer {
    static final int STARTUP = 10;
    private static final int CANDIDATES = 64;
    private static final int MOST_GOOD = 25;
    private static final double SHARE_GOOD = 0.15; // of Optuna 0.1, of Bergstra et al. 0.15

    private final SearchSpace candidates;
    private final Proposer atFirst;
    private final RandomStreams random;

    /** Proposals that follow from a seed and the scores. */
    public Tpe(SearchSpace candidates, long seed) {
        this.candidates = candidates;
        this.atFirst = new RandomProposer(candidates, seed);
        this.random = new RandomStreams(seed);
    }

    @Override
    public Point propose(int number, List<Observation> observed, List<Point> pending) {
        if (number < STARTUP && observed.size() < STARTUP) {
            return atFirst.propose(number, observed, pending);
        }
        List<Point> ranked = observed.stream()
                .sorted(Comparator.comparingDouble(Observation::score).reversed())
                .map(Observation::point)
                .toList();
        int good = Math.max(1, Math.min(MOST_GOOD, (int) Math.ceil(SHARE_GOOD * ranked.size())));
        good = Math.min(good, ranked.size());
        List<Point> rest = Stream.concat(ranked.subList(good, ranked.size()).stream(), pending.stream())
                .toList();
        ParzenEstimator l = new ParzenEstimator(candidates.dimensions(), ranked.subList(0, good));
        ParzenEstimator g = new ParzenEstimator(candidates.dimensions(), rest);
        return best(drawn(l, random.stream("tpe", number)), l, g)
                .orElseGet(() -> atFirst.propose(number, observed, pending));
    }

    private List<Point> drawn(ParzenEstimator l, UniformRandomProvider stream) {
        List<Point> drawn = new ArrayList<>();
        for (int i = 0; i < CANDIDATES * 20 && drawn.size() < CANDIDATES; i++) { // not all that are drawn may be run
            Space.Choices answers = l.draw(stream);
            candidates.point(answers).ifPresent(drawn::add);
        }
        return drawn;
    }

    private static Optional<Point> best(List<Point> drawn, ParzenEstimator l, ParzenEstimator g) {
        return drawn.stream().max(Comparator.comparingDouble(point -> l.logDensity(point) - g.logDensity(point)));
    }
}
