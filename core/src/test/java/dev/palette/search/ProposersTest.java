package dev.palette.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which points are proposed. */
class ProposersTest {
    private static final Axis<Double> RATE = Axis.logUniform(1e-6, 1e-1).named("rate");
    private static final Axis<Integer> SIZE = Axis.integer(6, 60, 6).named("size");
    private static final Axis<Integer> KIND =
            Axis.choiceOf(List.of(Space.of(0), SIZE)).named("kind");
    private static final Space<List<Number>> BOTH =
            new Space.Mapped<>(new Space.Listed<>(List.of(number(RATE), number(KIND))), values -> values);

    private final SearchSpace space = SearchSpace.of(BOTH);

    @Test
    void randomPointsHangOnTheSeedAlone() {
        assertThat(points(new RandomProposer(space, 7), 20)).isEqualTo(points(new RandomProposer(space, 7), 20));
        assertThat(points(new RandomProposer(space, 7), 5))
                .isEqualTo(points(new RandomProposer(space, 7), 20).subList(0, 5));
        assertThat(points(new RandomProposer(space, 8), 5)).isNotEqualTo(points(new RandomProposer(space, 7), 5));
    }

    @Test
    void anAxisMoreLeavesTheValuesOfTheOthers() {
        List<Point> one = points(new RandomProposer(SearchSpace.of(RATE), 7), 10);

        assertThat(points(new RandomProposer(space, 7), 10))
                .extracting(point -> point.numbers().get("rate"))
                .isEqualTo(
                        one.stream().map(point -> point.numbers().get("rate")).toList());
    }

    @Property(tries = 50)
    void everyProposalLiesInTheSpace(@ForAll long seed, @ForAll @IntRange(min = 10, max = 40) int points) {
        for (Point point : tried(new Tpe(space, seed), points, p -> p.numbers().get("rate"))) {
            assertThat(point.numbers().get("rate")).isBetween(1e-6, 1e-1);
            double kind = point.numbers().get("kind");
            assertThat(kind).isIn(0.0, 1.0);
            assertThat(point.numbers().containsKey("size")).isEqualTo(kind == 1);
            if (kind == 1) {
                assertThat(point.numbers().get("size") % 6).isZero();
                assertThat(point.numbers().get("size")).isBetween(6.0, 60.0);
            }
        }
    }

    @Test
    void scoresLeadToBetterPointsThanChance() {
        ToDoubleFunction<Point> score = point -> -Math.abs(
                        Math.log10(point.numbers().get("rate")) + 4.5)
                - (point.numbers().get("kind") == 1 ? Math.abs(point.numbers().get("size") - 30) / 60 : 1);
        double tpe = IntStream.range(0, 10)
                .mapToDouble(seed -> mean(tried(new Tpe(space, seed), 60, score), score))
                .average()
                .orElseThrow();
        double random = IntStream.range(0, 10)
                .mapToDouble(seed -> mean(tried(new RandomProposer(space, seed), 60, score), score))
                .average()
                .orElseThrow();

        assertThat(tpe).isGreaterThan(random / 2); // both are negative
    }

    @Test
    void aProposalIsAFunctionOfNumberAndScores() {
        List<Observation> observed = new ArrayList<>();
        for (Point point : points(new RandomProposer(space, 1), 12)) {
            observed.add(new Observation(point, point.numbers().get("rate")));
        }

        assertThat(new Tpe(space, 3).propose(12, observed, List.of()))
                .isEqualTo(new Tpe(space, 3).propose(12, observed, List.of()));
    }

    @SuppressWarnings("unchecked") // numbers are numbers
    private static Space<Number> number(Space<? extends Number> space) {
        return (Space<Number>) space;
    }

    private static double mean(List<Point> points, ToDoubleFunction<Point> score) {
        return points.stream().skip(30).mapToDouble(score).average().orElseThrow();
    }

    private static List<Point> points(Proposer proposer, int count) {
        return tried(proposer, count, point -> 0);
    }

    private static List<Point> tried(Proposer proposer, int count, ToDoubleFunction<Point> score) {
        List<Observation> observed = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Point point = proposer.propose(number, observed, List.of());
            observed.add(new Observation(point, score.applyAsDouble(point)));
        }
        return observed.stream().map(Observation::point).toList();
    }
}
