package dev.palette.report.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.experiment.StrictJson;
import dev.palette.result.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By what runs were made, each combination once: thousands of runs of a sweep share a few. */
final class Origins {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** The number of one, from 0; null where it is not known. */
    @Nullable
    Integer number(Optional<Provenance> provenance) {
        return provenance
                .map(by -> {
                    ObjectNode tree = StrictJson.mapper().valueToTree(by);
                    tree.remove(List.of("started", "seed")); // each run's own
                    return numbers.computeIfAbsent(StrictJson.canonical(tree), unseen -> numbers.size());
                })
                .orElse(null);
    }

    /** All of them as JSON texts, by number. */
    List<String> texts() {
        return new ArrayList<>(numbers.keySet());
    }
}
