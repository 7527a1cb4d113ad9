package dev.palette.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import dev.palette.storage.SmallFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An {@code adapter_config.json}, read strictly: what Palette cannot compute is refused by the key that asks for it, instead of being
 * left out.
 *
 * @param file the file
 * @param root the object in which the keys stand
 */
record FolderConfig(Path file, JsonNode root) {
    static final String NAME = "adapter_config.json";

    /** Reads a folder's. */
    static FolderConfig read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new PaletteException(
                    "%s does not exist; name a folder that peft's or adapters' save_pretrained or save_adapter wrote"
                            .formatted(file));
        }
        try {
            JsonNode root = new ObjectMapper().readTree(SmallFile.readText(file));
            if (root == null || !root.isObject()) {
                throw new PaletteException("%s is no JSON object".formatted(file));
            }
            return new FolderConfig(file, root);
        } catch (JsonProcessingException e) {
            throw new PaletteException("%s is no valid JSON: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Whether the library is {@code peft}; else it is {@code adapters}. */
    boolean isPeft() {
        return root.has("peft_type");
    }

    /** The same file with another object of it in view. */
    FolderConfig in(String key) {
        if (!root.path(key).isObject()) {
            throw wrong(key, "an object");
        }
        return new FolderConfig(file, root.get(key));
    }

    String text(String key) {
        if (!root.path(key).isTextual()) {
            throw wrong(key, "a text");
        }
        return root.get(key).textValue();
    }

    double number(String key) {
        if (!root.path(key).isNumber()) {
            throw wrong(key, "a number");
        }
        return root.get(key).doubleValue();
    }

    boolean flag(String key) {
        return root.path(key).asBoolean(false);
    }

    /** Whole numbers of a list; empty where there is none. */
    List<Integer> numbers(String key) {
        if (!root.hasNonNull(key)) {
            return List.of();
        }
        return root.get(key).valueStream().map(JsonNode::asInt).toList();
    }

    /**
     * Refuses what Palette does not have: a key whose value is none of nothing, false, 0, an empty list or object, or what is usual.
     *
     * @param usual values by key that are right
     */
    void requireUsual(Map<String, ?> usual) {
        usual.forEach((key, right) -> {
            JsonNode value = root.path(key);
            boolean said = !value.isMissingNode() && !value.isNull() && !(value.isContainerNode() && value.isEmpty());
            if (said && !value.asText().equals(String.valueOf(right))) {
                throw wrong(key, right + ", since Palette has nothing else there");
            }
        });
    }

    PaletteException wrong(String key, String expected) {
        return new PaletteException("%s: %s is %s, expected %s"
                .formatted(file, key, root.path(key).isMissingNode() ? "missing" : root.get(key), expected));
    }
}
