package dev.palette.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.palette.storage.FileDigest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What was asked of a trial, flat: each value under its path in the trial's JSON, {@code training.optimizer.learningRate}. A description
 * stands under its own path by its word, {@code adapter = pal}, its options below, {@code adapter.size = 204}; of a list there are
 * the elements' names under its own path, {@code tasks = cola, mrpc}, and their options below, {@code tasks.0.directory}.
 *
 * @param byPath booleans, numbers and texts
 */
public record TrialSettings(SortedMap<String, JsonNode> byPath) {
    private static final String WORD = "word";
    private static final String SEED = "seed";

    /** Copies the map. */
    public TrialSettings {
        byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
    }

    /** Of a trial's JSON. */
    static TrialSettings of(JsonNode trial) {
        SortedMap<String, JsonNode> byPath = new TreeMap<>();
        trial.fields().forEachRemaining(member -> put(member.getKey(), member.getValue(), byPath));
        return new TrialSettings(byPath);
    }

    /** Those that trials of several seeds have in common. */
    public TrialSettings withoutSeed() {
        SortedMap<String, JsonNode> others = new TreeMap<>(byPath);
        others.remove(SEED);
        return new TrialSettings(others);
    }

    /** A name for all trials that differ in their seeds alone. */
    public String variant() {
        return FileDigest.sha256(withoutSeed().byPath().toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
    }

    private static void put(String path, JsonNode value, SortedMap<String, JsonNode> byPath) {
        if (value.isArray()) {
            byPath.put(path, TextNode.valueOf(names(value)));
            for (int i = 0; i < value.size(); i++) {
                if (value.get(i).isObject()) {
                    putMembers(path + "." + i, value.get(i), byPath);
                }
            }
        } else if (value.isObject()) {
            if (value.has(WORD)) {
                byPath.put(path, value.get(WORD));
            }
            putMembers(path, value, byPath);
        } else {
            byPath.put(path, value);
        }
    }

    private static void putMembers(String path, JsonNode object, SortedMap<String, JsonNode> byPath) {
        object.fields().forEachRemaining(member -> {
            if (!member.getKey().equals(WORD)) {
                put(path + "." + member.getKey(), member.getValue(), byPath);
            }
        });
    }

    private static String names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path("name").asText(element.path(WORD).asText(element.asText())))
                .collect(Collectors.joining(", "));
    }
}
