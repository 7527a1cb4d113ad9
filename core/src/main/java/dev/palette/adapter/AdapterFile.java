package dev.palette.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Trained adapters and heads apart from their encoder: one safetensors file of a few megabytes, which names the encoder by its
 * fingerprint. What stands in it beside the tensors is the {@link AdapterManifest}. Its tensors have the names under which they were
 * declared; of the encoder there are at most the layer norms, where these were trained too.
 *
 * <p>Any reader of safetensors can read it; the description is the string {@code palette.adapters} of its metadata.
 */
public final class AdapterFile implements AutoCloseable {
    private static final String DESCRIPTION = "palette.adapters";
    private static final String CHECKSUM = "crc32c";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SafetensorsFile file;
    private final AdapterManifest manifest;

    private AdapterFile(SafetensorsFile file, AdapterManifest manifest) {
        this.file = file;
        this.manifest = manifest;
    }

    /**
     * Opens a file and checks that its values are as they were written.
     *
     * @throws PaletteException when it is missing, damaged, or not of this kind
     */
    public static AdapterFile open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        boolean opened = false;
        try {
            AdapterFile adapters = new AdapterFile(file, manifest(file));
            opened = true;
            return adapters;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static AdapterManifest manifest(SafetensorsFile file) {
        String text = file.metadata().get(DESCRIPTION);
        if (text == null) {
            throw new PaletteException(
                    "%s holds no adapters of Palette's: its metadata have no '%s'; write it with palette adapters"
                            .formatted(file.path(), DESCRIPTION));
        }
        try {
            JsonNode json = JSON.readTree(text);
            List<TensorData> tensors = file.names().stream().map(file::tensor).toList();
            String found = checksum(tensors);
            if (!found.equals(json.path(CHECKSUM).asText())) {
                throw new PaletteException("%s is damaged: its values have the CRC-32C %s, expected %s; copy it again"
                        .formatted(file.path(), found, json.path(CHECKSUM)));
            }
            return AdapterManifest.of(file.path(), json);
        } catch (JsonProcessingException e) {
            throw new PaletteException(
                    "%s: its description is no valid JSON: %s; save the adapters again"
                            .formatted(file.path(), e.getOriginalMessage()),
                    e);
        }
    }

    /**
     * Replaces or creates a file.
     *
     * @param tensors under the names they were declared by
     * @throws PaletteException when it cannot be written
     */
    public static void write(Path path, AdapterManifest manifest, Collection<TensorData> tensors) {
        ObjectNode json = manifest.json().put(CHECKSUM, checksum(tensors));
        SafetensorsWriter.write(path, tensors, Map.of("format", "pt", DESCRIPTION, json.toString()));
    }

    /** Of the names and values, in the order of the names. */
    private static String checksum(Collection<TensorData> tensors) {
        CRC32C sum = new CRC32C();
        tensors.stream().sorted(Comparator.comparing(TensorData::name)).forEach(tensor -> {
            sum.update((tensor.name() + tensor.entry().layout()).getBytes(StandardCharsets.UTF_8));
            sum.update(tensor.bytes());
        });
        return FileDigest.hex(sum);
    }

    /** The file. */
    public Path path() {
        return file.path();
    }

    /** What stands beside the tensors. */
    public AdapterManifest manifest() {
        return manifest;
    }

    /** The names of its tensors. */
    public Set<String> names() {
        return file.names();
    }

    /** Names, types and shapes. */
    public List<TensorEntry> entries() {
        return file.entries();
    }

    /**
     * A tensor.
     *
     * @throws PaletteException when there is none of this name
     */
    public TensorData tensor(String name) {
        if (!names().contains(name)) {
            throw new PaletteException("%s: %s; it holds %s for the tasks %s"
                    .formatted(
                            path(),
                            NearestWord.to(name, names())
                                    .map(near -> "it has no tensor '%s', the nearest is '%s'".formatted(name, near))
                                    .orElse("it has no tensor '%s'".formatted(name)),
                            manifest.label(),
                            String.join(", ", manifest.tasks())));
        }
        return file.tensor(name);
    }

    /** All its tensors. */
    public List<TensorData> tensors() {
        return names().stream().map(file::tensor).toList();
    }

    /**
     * Checks that an encoder is the one on which the adapters were trained.
     *
     * @param encoder where it comes from, for the message
     * @param fingerprint SHA-256 of its weights
     * @throws PaletteException when it is another: names both fingerprints
     */
    public void requireBase(String encoder, String fingerprint) {
        if (!manifest.base().equals(fingerprint)) {
            throw new PaletteException(
                    "%s was trained on another encoder: %s with the fingerprint %s, but %s has %s; give it the encoder it was trained on"
                            .formatted(path(), manifest.encoder(), manifest.base(), encoder, fingerprint));
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
