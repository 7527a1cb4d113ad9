package dev.palette.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.TrialRun;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * By what some runs differ, seeds aside: found in what was asked of them, so that no script is needed. Adapters and sampling methods are
 * one value each, whichever of their options differ; of all else the options differ that do.
 */
final class Axes {
    private static final Set<String> WHOLE = Set.of(TableAxis.ADAPTER, TableAxis.SAMPLING, "encoder", "tasks");
    private static final Set<String> NO_AXIS = Set.of("seed", "format");

    private final List<TrialRun> runs;
    private final Map<String, String> names;
    private final List<String> varying = new ArrayList<>();

    /**
     * @param names paths by the names that a script gave to them
     */
    Axes(List<TrialRun> runs, Map<String, String> names) {
        this.runs = runs;
        this.names = names;
        if (runs.stream().map(TrialRun::experiment).distinct().count() > 1) {
            varying.add(TableAxis.EXPERIMENT);
        }
        Set<JsonNode> trials = new LinkedHashSet<>();
        runs.forEach(run -> trials.add(run.trial()));
        differ("", trials);
    }

    /** What varies, adapters first. */
    List<TableAxis> varying() {
        return varying.stream().map(this::axis).toList();
    }

    /** What varies among some of the runs. */
    List<TableAxis> varyingAmong(Collection<TrialRun> some) {
        return new Axes(List.copyOf(some), names).varying();
    }

    /**
     * What a person calls so: a name, a path, or the end of a path.
     *
     * @throws PaletteException when there is no such axis; names those that vary
     */
    TableAxis named(String text) {
        if (names.containsKey(text)) {
            return axis(names.get(text));
        }
        String path = text.equals("sampler") ? TableAxis.SAMPLING : text;
        Set<String> known = new LinkedHashSet<>(List.of(TableAxis.EXPERIMENT, "seed"));
        Set<JsonNode> trials = new LinkedHashSet<>();
        runs.forEach(run -> trials.add(run.trial()));
        trials.forEach(trial -> addPaths("", trial, known));
        if (known.contains(path)) {
            return axis(path);
        }
        List<String> ending =
                known.stream().filter(each -> each.endsWith("." + path)).toList();
        if (ending.size() == 1) {
            return axis(ending.get(0));
        }
        Set<String> varied = new TreeSet<>(names.keySet());
        varying().forEach(axis -> varied.add(axis.heading()));
        varied.addAll(TableSpec.AXES);
        throw NearestWord.unknown("axis", text, varied);
    }

    private TableAxis axis(String path) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(path))
                .findFirst()
                .map(name -> new TableAxis(path, name.getKey()))
                .orElseGet(() -> TableAxis.of(path));
    }

    /** Notes where some values differ that stand at one path. */
    private void differ(String path, Set<JsonNode> values) {
        if (values.size() < 2 || NO_AXIS.contains(path)) {
            return;
        }
        boolean objects = values.stream().allMatch(JsonNode::isObject)
                && values.stream().map(value -> value.path("word")).distinct().count() == 1;
        if (WHOLE.contains(path) || !objects) {
            varying.add(path);
            return;
        }
        Set<String> members = new LinkedHashSet<>();
        values.forEach(value -> value.fieldNames().forEachRemaining(members::add));
        for (String member : members) {
            Set<JsonNode> below = new LinkedHashSet<>();
            values.forEach(value -> below.add(value.path(member)));
            differ(path.isEmpty() ? member : path + "." + member, below);
        }
    }

    private static void addPaths(String path, JsonNode value, Set<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        value.fields()
                .forEachRemaining(member -> addPaths(
                        path.isEmpty() ? member.getKey() : path + "." + member.getKey(), member.getValue(), paths));
    }
}
