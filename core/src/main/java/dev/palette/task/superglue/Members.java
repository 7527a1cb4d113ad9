package dev.palette.task.superglue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.task.rows.Row;

/** The members of objects within a row. */
final class Members {
    private Members() {}

    static String text(Row row, JsonNode object, String place, String name) {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw row.problem(shown(value, place, name), "a text");
        }
        return value.asText();
    }

    /** A list of at least one element. */
    static JsonNode list(Row row, JsonNode object, String place, String name) {
        JsonNode value = object.path(name);
        if (!value.isArray() || value.isEmpty()) {
            throw row.problem(shown(value, place, name), "a list of at least one");
        }
        return value;
    }

    private static String shown(JsonNode value, String place, String name) {
        return value.isMissingNode()
                ? "no '%s' in %s".formatted(name, place)
                : "%s.%s %s".formatted(place, name, value);
    }
}
