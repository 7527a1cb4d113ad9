package dev.palette.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The places in the JSON of some trials at which they differ, seeds aside. Where one place holds different words, as {@code pal} and
 * {@code lowRank}, it is itself such a place; options that differ among those of one word are further ones, which trials of another
 * word do not have.
 */
final class DifferingPaths {
    private static final Set<String> NO_SETTING = Set.of("seed", "format");
    private static final String WORD = "word";

    private final Map<String, Boolean> found = new LinkedHashMap<>();

    private DifferingPaths() {}

    /** Paths as in {@link dev.palette.experiment.ExperimentAxis}, with whether something below each is such a path as well. */
    static Map<String, Boolean> of(Collection<JsonNode> trials) {
        DifferingPaths paths = new DifferingPaths();
        paths.look("", new LinkedHashSet<>(trials));
        Map<String, Boolean> all = new LinkedHashMap<>();
        paths.found
                .keySet()
                .forEach(path ->
                        all.put(path, paths.found.keySet().stream().anyMatch(other -> other.startsWith(path + "."))));
        return all;
    }

    private void look(String path, Set<JsonNode> values) {
        if (values.size() < 2 || NO_SETTING.contains(path)) {
            return;
        }
        Set<JsonNode> there =
                values.stream().filter(value -> !value.isMissingNode()).collect(Collectors.toSet());
        if (there.stream().allMatch(JsonNode::isObject)) {
            lookAtObjects(path, there);
        } else if (there.size() > 1) {
            found.put(path, false);
        }
    }

    private void lookAtObjects(String path, Set<JsonNode> values) {
        Map<JsonNode, List<JsonNode>> byWord = values.stream()
                .collect(Collectors.groupingBy(value -> value.path(WORD), LinkedHashMap::new, Collectors.toList()));
        if (byWord.size() > 1) {
            found.put(path, false);
        }
        for (List<JsonNode> same : byWord.values()) {
            Set<String> members = new LinkedHashSet<>();
            same.forEach(value -> value.fieldNames().forEachRemaining(members::add));
            for (String member : members) {
                look(
                        path.isEmpty() ? member : path + "." + member,
                        same.stream()
                                .map(value -> value.path(member))
                                .collect(Collectors.toCollection(LinkedHashSet::new)));
            }
        }
    }
}
