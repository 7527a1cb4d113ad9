package dev.palette.balance;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.OptionException;
import dev.palette.spec.Required;
import dev.palette.task.Loss;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Weights that stay as they are: {@code fixed { weights rte: 2.0, mnli: 0.5 }}.
 *
 * @param weights of the tasks, by name; above 0. Those that are not named have 1
 */
public record Fixed(Map<String, Double> weights) implements LossBalancing {
    /** Checks the weights. */
    public Fixed {
        SortedMap<String, Double> sorted = new TreeMap<>(weights);
        sorted.forEach((task, weight) -> {
            if (!(weight > 0) || !Double.isFinite(weight)) {
                throw new OptionException(
                        "weights",
                        "fixed: weights of '%s' is %s, expected a number greater than 0".formatted(task, weight));
            }
        });
        weights = Collections.unmodifiableSortedMap(sorted);
    }

    /** Fixed weights configured by a block: {@code Fixed.of(f -> f.weights(Map.of("rte", 2.0)))}. */
    public static Fixed of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    @Override
    public String label() {
        return "fixed";
    }

    @Override
    public void requireTasks(List<String> tasks) {
        for (String task : weights.keySet()) {
            if (!tasks.contains(task)) {
                throw NearestWord.unknown("task", task, tasks);
            }
        }
    }

    @Override
    public Balancer balancer(Map<String, Loss> tasks) {
        return (task, state) -> weights.getOrDefault(task, 1.0);
    }

    /** Options of {@code fixed}. */
    public static final class Options implements Block<Fixed> {
        private Map<String, Double> weights = Map.of();

        /** What the tasks' losses count: {@code weights rte: 2.0, mnli: 0.5}; 1 for those that are not named. Must be given. */
        @Required("weights rte: 2.0, mnli: 0.5")
        public Options weights(Map<String, Double> ofTasks) {
            weights = ofTasks;
            return this;
        }

        @Override
        public Fixed build() {
            return new Fixed(weights);
        }
    }
}
