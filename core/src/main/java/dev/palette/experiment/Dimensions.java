package dev.palette.experiment;

import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The axes of a space, each with a key by which logs and random streams know it, and its places in a trial's JSON. */
public final class Dimensions {
    private final List<Axis<?>> axes = new ArrayList<>();
    private final IdentityHashMap<Axis<?>, String> keys = new IdentityHashMap<>();
    private final IdentityHashMap<Axis<?>, List<ExperimentAxis>> placesOf = new IdentityHashMap<>();
    private final Set<ExperimentAxis> places = new LinkedHashSet<>();

    private Dimensions() {}

    /**
     * The axes of a space.
     *
     * @throws PaletteException when two have one name
     */
    public static Dimensions of(Space<?> space) {
        Dimensions dimensions = new Dimensions();
        space.forEachAxis(Space.Place.ROOT, dimensions::add);
        return dimensions;
    }

    private void add(Axis<?> axis, Space.Place place) {
        ExperimentAxis there = new ExperimentAxis(axis.name(), place.path());
        places.add(there);
        placesOf.computeIfAbsent(axis, unseen -> new ArrayList<>()).add(there);
        if (keys.containsKey(axis)) { // it stands elsewhere, too
            return;
        }
        String key = axis.name() == null ? place.key() : axis.name();
        if (keys.containsValue(key)) {
            throw new PaletteException(
                    "two axes are called '%s'; give them different names, or declare one and use it in both places: def %s = …"
                            .formatted(key, key));
        }
        keys.put(axis, key);
        axes.add(axis);
    }

    /** Each axis once, in the order in which a space asks for them. */
    public List<Axis<?>> axes() {
        return List.copyOf(axes);
    }

    /** What varies, with its name and its place. */
    public List<ExperimentAxis> places() {
        return List.copyOf(places);
    }

    /** By what an axis is known: its name, else its place. */
    public String key(Axis<?> axis) {
        String key = keys.get(axis);
        if (key == null) {
            throw new IllegalArgumentException("an axis of another space: " + axis);
        }
        return key;
    }

    /** The places in a trial's JSON in which an axis stands. */
    public List<ExperimentAxis> places(Axis<?> axis) {
        return placesOf.getOrDefault(axis, List.of());
    }

    /** Answers of others, written down: what {@link Recorder#point} gives after a space was asked for a value. */
    public Recorder record(Space.Choices answers) {
        return new Recorder(answers);
    }

    /** Writes down what was answered; an axis that is asked twice gets the same answer. */
    public final class Recorder implements Space.Choices {
        private final Space.Choices answers;
        private final Map<String, Double> numbers = new TreeMap<>();

        private Recorder(Space.Choices answers) {
            this.answers = answers;
        }

        @Override
        public double of(Axis<?> axis) {
            String key = key(axis);
            Double known = numbers.get(key);
            if (known == null) {
                known = answers.of(axis);
                numbers.put(key, known);
            }
            return known;
        }

        /** What was answered so far. */
        public Point point() {
            return new Point(new TreeMap<>(numbers));
        }
    }

    /** The answers that a point has. */
    public Space.Choices answers(Point point) {
        return axis -> {
            Double number = point.numbers().get(key(axis));
            if (number == null) {
                throw new PaletteException("the point %s has no value for %s: it belongs to another search"
                        .formatted(point.numbers(), key(axis)));
            }
            return number;
        };
    }
}
