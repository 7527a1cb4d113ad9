package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The order in which runs are shown whose script is not at hand: by experiment, the smallest models first, and what else was asked by
 * its values, numbers as numbers.
 */
final class TrialOrder {
    private TrialOrder() {}

    static List<TrialRun> sorted(List<TrialRun> runs) {
        Map<String, Long> sizes = new HashMap<>();
        runs.forEach(run -> run.result()
                .ifPresent(
                        result -> sizes.merge(run.adapter(), result.parameters().total(), Math::min)));
        return runs.stream()
                .sorted(Comparator.comparing(TrialRun::experiment)
                        .thenComparing(run -> sizes.getOrDefault(run.adapter(), Long.MAX_VALUE))
                        .thenComparing(TrialRun::adapter)
                        .thenComparing(TrialRun::trial, TrialOrder::compare))
                .toList();
    }

    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (!a.isContainerNode() || !b.isContainerNode()) {
            return a.asText().compareTo(b.asText());
        }
        Iterator<JsonNode> others = b.elements();
        for (JsonNode value : a) {
            int order = others.hasNext() ? compare(value, others.next()) : 1;
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
