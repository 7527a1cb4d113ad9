package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;

/**
 * The members of a {@code config.json}, asked for by name and type.
 *
 * @param file where it stands, for messages
 */
record ConfigMembers(Path file, JsonNode root) {
    /** Checks that a member, where there is one, has the only value that is computed here. */
    void only(String key, String expected) {
        JsonNode node = root.get(key);
        if (node != null && !node.asText().equals(expected)) {
            throw other(key, "\"" + expected + "\"");
        }
    }

    /** Checks that a member, where there is one, has the only number that is computed here. */
    void only(String key, double expected) {
        if (root.has(key) && number(key, expected) != expected) {
            throw other(key, Double.toString(expected).replaceFirst("\\.0$", ""));
        }
    }

    /** What is said of a member with a value that is not computed here. */
    PaletteException other(String key, String expected) {
        return new PaletteException(
                "%s: %s is %s, expected %s, the only one that is computed here; choose another encoder"
                        .formatted(file, key, root.get(key), expected));
    }

    boolean has(String key) {
        return root.has(key);
    }

    /** Whether a member says that there is nothing, or is not there. */
    boolean isNull(String key) {
        return !root.hasNonNull(key);
    }

    int wholeNumber(String key) {
        JsonNode node = root.get(key);
        if (node == null) {
            throw new PaletteException("%s: %s is missing, expected a whole number".formatted(file, key));
        }
        if (!node.isInt()) {
            throw new PaletteException("%s: %s is %s, expected a whole number".formatted(file, key, node));
        }
        return node.intValue();
    }

    double number(String key) {
        JsonNode node = root.get(key);
        if (node == null) {
            throw new PaletteException("%s: %s is missing, expected a number".formatted(file, key));
        }
        return number(key, 0);
    }

    double number(String key, double otherwise) {
        JsonNode node = root.get(key);
        if (node == null) {
            return otherwise; // older files leave out what has its usual value
        }
        if (!node.isNumber()) {
            throw new PaletteException("%s: %s is %s, expected a number".formatted(file, key, node));
        }
        return node.doubleValue();
    }
}
