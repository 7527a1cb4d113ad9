package dev.palette.search;

import dev.palette.experiment.Point;

/**
 * A point and how it did.
 *
 * @param point what was tried
 * @param score more is better; negative infinity where it failed
 */
public record Observation(Point point, double score) {}
