package dev.palette.task.card;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One split of a task.
 *
 * @param split its name
 * @param file where it is read from
 * @param examples how many there are
 * @param labels how often each label occurs, in the task's order; empty where labels are scores or none
 * @param scores the labels that are scores
 * @param pieces the examples' lengths in word pieces, special ones too, before anything is cut off; of several sequences the longest
 * @param cut the share of examples longer than the longest sequence
 * @param majority what the training examples' commonest label scores here, by metric; empty where it is not scored
 * @param repeated how many examples stand in the split before, whatever their label
 * @param inTrain how many examples stand in the training split too; 0 for that itself
 */
public record SplitCard(
        String split,
        String file,
        int examples,
        Map<String, Long> labels,
        Optional<Spread> scores,
        Spread pieces,
        double cut,
        Map<String, Double> majority,
        int repeated,
        int inTrain) {
    /** Copies the maps, in their order. */
    public SplitCard {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        majority = Collections.unmodifiableMap(new LinkedHashMap<>(majority));
    }
}
