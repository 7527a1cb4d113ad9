package dev.palette.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A JSON tree as values under their paths: {@code tasks[0].name}. */
final class JsonFields {
    private JsonFields() {}

    /** Every value of a tree; empty objects and lists are values. */
    static SortedMap<String, String> of(JsonNode tree) {
        SortedMap<String, String> fields = new TreeMap<>();
        flatten("", tree, fields);
        return fields;
    }

    /** What is otherwise in the second of two trees, by path. */
    static List<Change> changes(SortedMap<String, String> before, SortedMap<String, String> now) {
        SortedSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        List<Change> changes = new ArrayList<>();
        for (String field : all) {
            String was = before.getOrDefault(field, Change.ABSENT);
            String is = now.getOrDefault(field, Change.ABSENT);
            if (!was.equals(is)) {
                changes.add(new Change(field, was, is));
            }
        }
        return changes;
    }

    private static void flatten(String path, JsonNode node, SortedMap<String, String> fields) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(member -> flatten(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            fields));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                flatten("%s[%d]".formatted(path, i), node.get(i), fields);
            }
        } else {
            fields.put(path, node.toString());
        }
    }
}
