package dev.palette.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Times candidates in turn until the order stands: a busy machine disturbs single times, so the best of each counts, once it was
 * nearly reached a second time and the leader has stayed the same for some rounds.
 *
 * <p>Candidates come in the order of preference: a later one leads only where it is clearly faster.
 */
final class Race {
    static final int MOST_ROUNDS = 12;
    /** Rounds that a leader must lead. */
    private static final int ROUNDS_IN_LEAD = 3;
    /** How much faster is clearly faster. */
    private static final double CLEARLY = 1.05;
    /** How near the second best time of a candidate must come to its best. */
    private static final double NEARLY = 1.1;
    /** How many times slower than the leader a candidate is timed no more. */
    private static final double OUT_OF_REACH = 2;

    private final Map<Product, List<Double>> times = new LinkedHashMap<>(); // ascending

    private Race(List<Product> candidates) {
        candidates.forEach(candidate -> times.put(candidate, new ArrayList<>()));
    }

    /**
     * How it ended.
     *
     * @param winner the first candidate where it is not decisive
     */
    record Outcome(Product winner, boolean decisive) {}

    /**
     * Runs the race.
     *
     * @param seconds takes one time of a candidate
     */
    static Outcome run(List<Product> candidates, ToDoubleFunction<Product> seconds) {
        Race race = new Race(candidates);
        Product leader = candidates.get(0);
        int rounds = 0;
        for (int inLead = 0; rounds < MOST_ROUNDS; rounds++) {
            race.round(leader, seconds);
            Product now = race.leader();
            inLead = now == leader ? inLead + 1 : 1;
            leader = now;
            if (inLead >= ROUNDS_IN_LEAD && race.isSteady(leader)) {
                return new Outcome(leader, true);
            }
        }
        return new Outcome(candidates.get(0), false);
    }

    private void round(Product leader, ToDoubleFunction<Product> seconds) {
        times.forEach((candidate, all) -> {
            if (isInReach(candidate, leader)) {
                all.add(seconds.applyAsDouble(candidate));
                Collections.sort(all);
            }
        });
    }

    private Product leader() {
        Product leader = times.keySet().iterator().next();
        for (Product candidate : times.keySet()) {
            if (best(leader) > CLEARLY * best(candidate)) {
                leader = candidate;
            }
        }
        return leader;
    }

    /** Two bad times can be chance. */
    private boolean isInReach(Product candidate, Product leader) {
        return all(candidate).size() < ROUNDS_IN_LEAD || best(candidate) < OUT_OF_REACH * best(leader);
    }

    private boolean isSteady(Product leader) {
        return times.keySet().stream()
                .filter(candidate -> isInReach(candidate, leader))
                .allMatch(candidate -> all(candidate).get(1) <= NEARLY * best(candidate));
    }

    private double best(Product candidate) {
        return all(candidate).get(0);
    }

    private List<Double> all(Product candidate) {
        return times.getOrDefault(candidate, List.of());
    }
}
