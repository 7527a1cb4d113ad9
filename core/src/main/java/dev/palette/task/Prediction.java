package dev.palette.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model answers when it is asked about one example.
 *
 * @param text the class as the task's files write it, the score, or the part of the passage that answers a question
 * @param probabilities of each class, in the task's order, or of each of the likeliest answers, the best first; they add up to 1. Empty for a
 *     score
 */
public record Prediction(String text, Map<String, Double> probabilities) {
    /** Copies the probabilities, in their order. */
    public Prediction {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }
}
