package dev.palette.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Weights in several safetensors files, as large ones are saved: {@code model.safetensors.index.json} says in its {@code weight_map} in
 * which file beside it each tensor is.
 */
public final class ShardedSafetensors implements TensorFile {
    /** The usual name of an index. */
    public static final String INDEX = "model.safetensors.index.json";

    private static final String ENDING = ".safetensors.index.json";
    private static final Pattern SHARD = Pattern.compile("[\\w][\\w.-]*\\.safetensors");
    private static final long LONGEST = 100_000_000; // as the header of one file
    private static final ObjectMapper json = new ObjectMapper();

    private final Path index;
    private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();

    private ShardedSafetensors(Path index) {
        this.index = index;
    }

    /** Whether a file's name is that of an index. */
    public static boolean isIndex(Path file) {
        return file.toString().endsWith(ENDING);
    }

    /**
     * The files that an index names, which need not exist.
     *
     * @throws PaletteException when it is no index
     */
    public static List<Path> shards(Path index) {
        return read(index).values().stream()
                .distinct()
                .sorted()
                .map(index::resolveSibling)
                .toList();
    }

    /**
     * Opens the files that an index names.
     *
     * @throws PaletteException when it is no index, or a file is missing, damaged, or lacks a tensor
     */
    public static ShardedSafetensors open(Path index) {
        ShardedSafetensors opened = new ShardedSafetensors(index);
        boolean whole = false;
        try {
            read(index).forEach(opened::add);
            whole = true;
            return opened;
        } finally {
            if (!whole) {
                opened.close();
            }
        }
    }

    private void add(String tensor, String shard) {
        SafetensorsFile file = shards.computeIfAbsent(shard, name -> SafetensorsFile.open(index.resolveSibling(name)));
        if (!file.names().contains(tensor)) {
            throw new PaletteException("%s says that %s has the tensor '%s', which it has not; fetch both again"
                    .formatted(index, file.path(), tensor));
        }
        file.aliases().forEach(aliases::putIfAbsent);
    }

    private static Map<String, String> read(Path index) {
        try {
            if (Files.size(index) > LONGEST) {
                throw damaged(index, "it is too large");
            }
            JsonNode places = json.readTree(Files.readAllBytes(index)).path("weight_map");
            Map<String, String> shardOf = new LinkedHashMap<>();
            places.fields().forEachRemaining(place -> {
                String shard = place.getValue().asText();
                if (!SHARD.matcher(shard).matches()) {
                    throw damaged(index, "'%s' is no safetensors file beside it".formatted(shard));
                }
                shardOf.put(place.getKey(), shard);
            });
            if (shardOf.isEmpty()) {
                throw damaged(index, "it has no weight_map");
            }
            return shardOf;
        } catch (JsonProcessingException e) {
            throw damaged(index, e.getOriginalMessage());
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(index, e), e);
        }
    }

    private static PaletteException damaged(Path index, String why) {
        return new PaletteException("%s is no index of safetensors files: %s; fetch it again".formatted(index, why));
    }

    @Override
    public Path path() {
        return index;
    }

    @Override
    public String format() {
        return "safetensors in %d files".formatted(shards.size());
    }

    @Override
    public List<TensorEntry> entries() {
        List<TensorEntry> entries = new ArrayList<>();
        shards.values().forEach(file -> entries.addAll(file.entries()));
        return entries;
    }

    @Override
    public Map<String, String> aliases() {
        return aliases;
    }

    @Override
    public TensorData tensor(String name) {
        return shards.values().stream()
                .filter(file -> file.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new PaletteException(
                        "%s has no tensor '%s' among its %d; is it the weights file of another model?"
                                .formatted(index, name, entries().size())))
                .tensor(name);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }
}
