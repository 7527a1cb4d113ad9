package dev.palette.search;

import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import dev.palette.spec.PaletteException;
import java.util.Optional;
import java.util.function.IntFunction;

/** The points among which a proposer chooses. */
public interface SearchSpace {
    /** Its axes. */
    Dimensions dimensions();

    /** The point that answers make, if it may be tried. */
    Optional<Point> point(Space.Choices answers);

    /**
     * The first point that may be tried among many.
     *
     * @param answers of the first try, the second, …
     * @throws PaletteException when there is none
     */
    Point firstOf(IntFunction<Space.Choices> answers);

    /** All points of a space; any may be tried. */
    static SearchSpace of(Space<?> space) {
        Dimensions dimensions = Dimensions.of(space);
        return new SearchSpace() {
            @Override
            public Dimensions dimensions() {
                return dimensions;
            }

            @Override
            public Optional<Point> point(Space.Choices answers) {
                Dimensions.Recorder recorder = dimensions.record(answers);
                space.at(recorder);
                return Optional.of(recorder.point());
            }

            @Override
            public Point firstOf(IntFunction<Space.Choices> answers) {
                return point(answers.apply(0)).orElseThrow();
            }
        };
    }
}
