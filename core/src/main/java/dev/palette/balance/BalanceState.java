package dev.palette.balance;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a balancer remembers of each task.
 *
 * @param values by quantity and task
 */
public record BalanceState(Map<String, Map<String, Double>> values) {
    /** Nothing so far. */
    public static final BalanceState EMPTY = new BalanceState(Map.of());

    /** Copies the maps. */
    public BalanceState {
        SortedMap<String, Map<String, Double>> copy = new TreeMap<>();
        values.forEach((quantity, tasks) -> copy.put(quantity, Map.copyOf(tasks)));
        values = Map.copyOf(copy);
    }

    /** A quantity of a task, or what it is before anything is known. */
    public double get(String quantity, String task, double before) {
        return values.getOrDefault(quantity, Map.of()).getOrDefault(task, before);
    }

    /** Whether a quantity of a task is known. */
    public boolean has(String quantity, String task) {
        return values.getOrDefault(quantity, Map.of()).containsKey(task);
    }

    /** The same with a quantity of a task. */
    public BalanceState with(String quantity, String task, double value) {
        Map<String, Map<String, Double>> changed = new TreeMap<>(values);
        Map<String, Double> tasks = new TreeMap<>(changed.getOrDefault(quantity, Map.of()));
        tasks.put(task, value);
        changed.put(quantity, tasks);
        return new BalanceState(changed);
    }
}
