package dev.palette.train;

import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * When which tasks can be drawn, whatever the sampler: {@code attendance { join rte: 0.5; leave mnli: 0.8; patience 3 }}. A task may join
 * late, leave, or stop when it no longer gains.
 *
 * @param join when a task joins: below 1 a share of the steps, else a number of steps done; at the start where none is given
 * @param leave when a task leaves, likewise; never where none is given
 * @param patience evaluations in a row without a better score of a task, by the average that chooses the checkpoint, after which it is
 *     drawn no more; 0 for never
 */
public record Attendance(
        Map<String, Double> join,
        Map<String, Double> leave,
        @Limit(least = 0) int patience) {
    private static final long NEVER = Long.MAX_VALUE;

    /** Checks the ranges. */
    public Attendance {
        Limits.check(Attendance.class, join, leave, patience);
        join = sorted("join", join);
        leave = sorted("leave", leave);
    }

    private static Map<String, Double> sorted(String option, Map<String, Double> moments) {
        SortedMap<String, Double> sorted = new TreeMap<>(moments);
        sorted.forEach((task, moment) -> {
            boolean isShare = moment > 0 && moment < 1;
            boolean isStep = moment >= 1 && moment == Math.rint(moment) && Double.isFinite(moment);
            if (!isShare && !isStep) {
                throw new PaletteException(
                        "attendance: %s of '%s' is %s, expected a share of the steps between 0 and 1, or a whole number of steps"
                                .formatted(option, task, moment));
            }
        });
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** Attendance configured by a block: {@code Attendance.of(a -> a.patience(3))}. */
    public static Attendance of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** Whether tasks stop when they no longer gain. */
    public boolean stopsTasks() {
        return patience > 0;
    }

    /** Steps done when a task joins. */
    long joinsAt(String task, long steps) {
        return join.containsKey(task) ? step(join.get(task), steps) : 0;
    }

    /** Steps done when a task leaves. */
    long leavesAt(String task, long steps) {
        return leave.containsKey(task) ? step(leave.get(task), steps) : NEVER;
    }

    private static long step(double moment, long steps) {
        return moment < 1 ? Math.round(moment * steps) : (long) moment;
    }

    /**
     * Checks what it says of single tasks.
     *
     * @param tasks the names of the experiment's
     * @param steps of the whole trial
     * @throws PaletteException when it names one that isn't there, lets one leave before it joins, or leaves none for a while
     */
    public void requireTasks(List<String> tasks, long steps) {
        TreeSet<String> named = new TreeSet<>(join.keySet());
        named.addAll(leave.keySet());
        TreeSet<Long> moments = new TreeSet<>(List.of(0L));
        for (String task : named) {
            if (!tasks.contains(task)) {
                throw NearestWord.unknown("task", task, tasks);
            }
            long joins = joinsAt(task, steps);
            long leaves = leavesAt(task, steps);
            if (joins >= leaves) {
                throw new PaletteException(
                        "attendance: task '%s' joins after %d steps and leaves after %d; let it leave later, or leave it out"
                                .formatted(task, joins, leaves));
            }
            moments.add(joins);
            moments.add(leaves);
        }
        for (long moment : moments) {
            if (moment < steps && tasks.stream().noneMatch(task -> isPresent(task, moment, steps))) {
                throw new PaletteException(
                        "attendance: no task is there after %d of %d steps; let one join earlier, or leave later"
                                .formatted(moment, steps));
            }
        }
    }

    /** Whether a task has joined and not left. */
    boolean isPresent(String task, long done, long steps) {
        return joinsAt(task, steps) <= done && done < leavesAt(task, steps);
    }

    /** The same as a block, to change single options. */
    public Options toBlock() {
        return new Options().join(join).leave(leave).patience(patience);
    }

    /** Options of {@code attendance}. */
    public static final class Options implements Block<Attendance> {
        private Map<String, Double> join = Map.of();
        private Map<String, Double> leave = Map.of();
        private int patience;

        /**
         * When tasks join: {@code join rte: 0.5, cola: 200} after half the steps, and after 200; at the start by default. Below 1 it is a
         * share of the steps.
         */
        public Options join(Map<String, Double> moments) {
            join = moments;
            return this;
        }

        /** When tasks leave: {@code leave mnli: 0.8}; never by default. Below 1 it is a share of the steps. */
        public Options leave(Map<String, Double> moments) {
            leave = moments;
            return this;
        }

        /** Evaluations without a better score after which a task is drawn no more; 0, the default, for never. */
        public Options patience(int evaluations) {
            patience = evaluations;
            return this;
        }

        @Override
        public Attendance build() {
            return new Attendance(join, leave, patience);
        }
    }
}
