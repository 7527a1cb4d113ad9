package dev.palette.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The points of an experiment's axes: those of a grid, and the one at which a trial lies. */
public final class Points {
    private final Experiment experiment;
    private final Dimensions dimensions;

    /** Points of an experiment. */
    public Points(Experiment experiment) {
        this.experiment = experiment;
        this.dimensions = Dimensions.of(experiment.space());
    }

    /**
     * Those of {@link Experiment#variants}, in their order; one for each combination that makes a variant of its own.
     *
     * @throws PaletteException when an axis has no end of values, or some do not go together
     */
    public List<Point> ofGrid() {
        Set<Variant> seen = new HashSet<>();
        List<Point> points = new ArrayList<>();
        Grid.all(answers -> {
            Dimensions.Recorder recorder = dimensions.record(answers);
            return seen.add(experiment.variant(recorder)) && points.add(recorder.point());
        });
        return points;
    }

    /** The point at which a trial lies, if it is one of the experiment's. */
    public Optional<Point> of(Trial trial) {
        JsonNode json = StrictJson.mapper().valueToTree(trial);
        List<Optional<Point>> points = Grid.all(axis -> numbers(axis, json), answers -> at(answers, trial));
        return points.stream().flatMap(Optional::stream).findFirst();
    }

    private Optional<Point> at(Space.Choices answers, Trial trial) {
        Dimensions.Recorder recorder = dimensions.record(answers);
        try {
            Trial made = experiment.variant(recorder).trial(trial.seed());
            return made.question().equals(trial.question()) ? Optional.of(recorder.point()) : Optional.empty();
        } catch (PaletteException e) { // these do not go together
            return Optional.empty();
        }
    }

    /** The answers of an axis that may have led to a trial. */
    private double[] numbers(Axis<?> axis, JsonNode trial) {
        List<JsonNode> found = dimensions.places(axis).stream()
                .map(place -> place.in(trial))
                .filter(node -> !node.isMissingNode())
                .toList();
        if (!(axis.domain() instanceof Domain.Alternatives<?> alternatives)) {
            double number = found.stream()
                    .filter(JsonNode::isNumber)
                    .findFirst()
                    .map(JsonNode::doubleValue)
                    .orElse(axis.domain().quantile(0));
            return new double[] {number};
        }
        int count = alternatives.values().size();
        int[] fitting = IntStream.range(0, count)
                .filter(i -> !(alternatives.values().get(i) instanceof Space.Constant<?> one)
                        || found.contains(StrictJson.mapper().<JsonNode>valueToTree(one.value())))
                .toArray();
        return (fitting.length == 0 ? IntStream.range(0, count) : Arrays.stream(fitting))
                .asDoubleStream()
                .toArray();
    }
}
