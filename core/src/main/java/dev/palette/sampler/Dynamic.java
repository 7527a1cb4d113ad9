package dev.palette.sampler;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.OptionException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Required;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * More batches for tasks that are furthest from what a model of their own reaches, by the latest evaluation:
 *
 * <pre>g_i = max(0, S_i − s_i) / S_i,   p_i = (1 − ε) g_i / Σ g + ε/n</pre>
 *
 * <p>with S_i the task's single-task score and s_i its score now, both by the average that selects. Before the first evaluation, and
 * where every task has reached its own, all are equally likely.
 *
 * @param singleTask what a model trained on each task alone reaches, by task, as a fraction of 1
 * @param explore ε, the share of batches that goes to all tasks alike; 0.1 by default
 * @see "Gottumukkala et al. 2020, Dynamic Sampling Strategies for Multi-Task Reading Comprehension, §3 (ACL 2020, 2020.acl-main.86)"
 */
public record Dynamic(
        Map<String, Double> singleTask,
        @Limit(least = 0, most = 1) double explore) implements TaskSampling {
    /** Checks the ranges. */
    public Dynamic {
        SortedMap<String, Double> sorted = new TreeMap<>(singleTask);
        Limits.check(Dynamic.class, sorted, explore);
        sorted.forEach((task, score) -> {
            if (!(score > 0 && score <= 1)) {
                throw new OptionException(
                        "singleTask",
                        "singleTask of '%s' is %s, expected a fraction of 1: 0.87 for 87 percent"
                                .formatted(task, score));
            }
        });
        singleTask = Collections.unmodifiableSortedMap(sorted);
    }

    /** Dynamic sampling configured by a block: {@code Dynamic.of(d -> d.singleTask(Map.of("rte", 0.66, "cola", 0.52)))}. */
    public static Dynamic of(Consumer<Options> configure) {
        Options options = new Options();
        configure.accept(options);
        return options.build();
    }

    @Override
    public String label() {
        return "dynamic";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public void requireTasks(List<String> tasks) {
        for (String task : tasks) {
            if (!singleTask.containsKey(task)) {
                throw new PaletteException(
                        "dynamic has no single-task score of '%s', only of %s; give it: singleTask %s: 0.9"
                                .formatted(task, String.join(", ", singleTask.keySet()), task));
            }
        }
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        return (draw, uniform, reports) -> distribution(tasks, reports).draw(uniform);
    }

    /** The probabilities after some reports. */
    Distribution distribution(TaskSizes tasks, List<TaskReport> reports) {
        Map<String, Double> now = reports.stream()
                .map(TaskReport::scores)
                .filter(scores -> !scores.isEmpty())
                .reduce(Map.of(), (before, after) -> after);
        double[] gaps = tasks.names().stream()
                .mapToDouble(task -> now.containsKey(task) ? gap(task, now.get(task)) : 1)
                .toArray();
        return Distribution.of(gaps).mixedWithEven(explore);
    }

    private double gap(String task, double score) {
        double alone = singleTask.getOrDefault(task, 1.0);
        return Math.max(0, alone - score) / alone;
    }

    /** Options of {@code dynamic}. */
    public static final class Options implements Block<Dynamic> {
        private Map<String, Double> singleTask = Map.of();
        private double explore = 0.1;

        /** What a model of each task alone reaches, as a fraction of 1: {@code singleTask cola: 0.52, rte: 0.66}. Must be given. */
        @Required("singleTask cola: 0.52, rte: 0.66")
        public Options singleTask(Map<String, Double> scores) {
            singleTask = scores;
            return this;
        }

        /** Share of batches that goes to all tasks alike; 0.1 by default. */
        public Options explore(double share) {
            explore = share;
            return this;
        }

        @Override
        public Dynamic build() {
            return new Dynamic(singleTask, explore);
        }
    }
}
