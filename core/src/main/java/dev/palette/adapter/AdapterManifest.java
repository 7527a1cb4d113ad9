package dev.palette.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside the tensors of an {@link AdapterFile}: on which encoder the adapters stand, what they are, and how they came to be.
 *
 * @param encoder where the encoder came from, as the script said it
 * @param base the encoder's fingerprint, SHA-256 of its weights
 * @param layers how many of the encoder's layers were kept, from the first; 0 for all
 * @param label the adapter's {@link Adapter#label}
 * @param adapter its description, the canonical JSON of scripts
 * @param tasks the tasks that have an adapter or a head in the file
 * @param trial the trial that trained it, canonical JSON; null where none of Palette's did
 * @param provenance by what the run was made; null where there was none
 * @param history what was done since, a line each: sums, imports
 */
public record AdapterManifest(
        String encoder,
        String base,
        int layers,
        String label,
        JsonNode adapter,
        List<String> tasks,
        @Nullable JsonNode trial,
        @Nullable JsonNode provenance,
        List<String> history) {
    /** Changes when files of an earlier version can no longer be read. */
    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the lists. */
    public AdapterManifest {
        tasks = List.copyOf(tasks);
        history = List.copyOf(history);
    }

    /** The trial that trained it, where one of Palette's did. */
    public Optional<JsonNode> trained() {
        return Optional.ofNullable(trial);
    }

    /** The sizes of the encoder it stands on. */
    public BertConfig kept(BertConfig whole) {
        return layers == 0 ? whole : whole.withLayers(layers);
    }

    /** The same after something was done to the tensors. */
    public AdapterManifest after(List<String> done) {
        List<String> all = new ArrayList<>(history);
        all.addAll(done);
        return new AdapterManifest(encoder, base, layers, label, adapter, tasks, trial, provenance, all);
    }

    /** As JSON. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("encoder", encoder)
                .put("base", base)
                .put("layers", layers)
                .put("label", label);
        json.set("adapter", adapter);
        ArrayNode names = json.putArray("tasks");
        tasks.forEach(names::add);
        ArrayNode lines = json.putArray("history");
        history.forEach(lines::add);
        if (trial != null) {
            json.set("trial", trial);
        }
        if (provenance != null) {
            json.set("provenance", provenance);
        }
        return json;
    }

    /** Reads what {@link #json} gives; {@code file} is for messages. */
    static AdapterManifest of(Path file, JsonNode json) {
        if (json.path("format").asInt() != FORMAT) {
            throw new PaletteException("%s: format is %s, expected %d: another version of Palette wrote it"
                    .formatted(file, json.path("format"), FORMAT));
        }
        return new AdapterManifest(
                text(file, json, "encoder"),
                text(file, json, "base"),
                json.path("layers").asInt(),
                text(file, json, "label"),
                object(file, json, "adapter"),
                texts(file, json, "tasks"),
                json.has("trial") ? object(file, json, "trial") : null,
                json.has("provenance") ? object(file, json, "provenance") : null,
                texts(file, json, "history"));
    }

    private static String text(Path file, JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isTextual()) {
            throw wrong(file, member, value, "a text");
        }
        return value.textValue();
    }

    private static JsonNode object(Path file, JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isObject()) {
            throw wrong(file, member, value, "an object");
        }
        return value;
    }

    private static List<String> texts(Path file, JsonNode json, String member) {
        List<String> all = new ArrayList<>();
        for (JsonNode each : json.path(member)) {
            if (!each.isTextual()) {
                throw wrong(file, member, each, "texts");
            }
            all.add(each.textValue());
        }
        return all;
    }

    private static PaletteException wrong(Path file, String member, JsonNode found, String expected) {
        return new PaletteException("%s: %s of its description is %s, expected %s; save the adapters again"
                .formatted(file, member, found.isMissingNode() ? "missing" : found, expected));
    }
}
