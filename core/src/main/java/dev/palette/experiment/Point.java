package dev.palette.experiment;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One value of each axis on the way to a variant.
 *
 * @param numbers by the axes' keys ({@link Dimensions#key}); alternatives by their index, numbers by their value
 */
public record Point(SortedMap<String, Double> numbers) {
    /** Copies the map. */
    public Point {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }
}
