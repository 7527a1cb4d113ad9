package dev.palette.tensor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * The JSON header of a safetensors file: for each tensor its type, shape and place in the data that follow, and string
 * metadata. Parsing trusts nothing: places must lie inside the data, follow one another without hole or overlap, and be as
 * long as type and shape say.
 *
 * @param places each tensor and where its bytes begin, counted from the end of the header, in the order of the file
 * @param metadata the strings under {@code __metadata__}
 */
record SafetensorsHeader(Map<String, Place> places, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;
    private static final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /** A tensor and the offset of its first byte in the data. */
    record Place(TensorEntry entry, long begin) {
        long end() {
            return begin + entry.sizeInBytes();
        }
    }

    /** The metadata that give a tensor a second name, by that name. */
    Map<String, String> aliases() {
        return metadata.entrySet().stream()
                .filter(member -> places.containsKey(member.getValue()) && !places.containsKey(member.getKey()))
                .collect(Collectors.toMap(Entry::getKey, Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    /** Lays tensors one after the other in the given order. */
    static SafetensorsHeader layOut(Collection<TensorEntry> entries, Map<String, String> metadata) {
        Map<String, Place> places = new LinkedHashMap<>();
        long next = 0;
        for (TensorEntry entry : entries) {
            Place place = new Place(entry, next);
            if (entry.name().equals(METADATA) || places.put(entry.name(), place) != null) {
                throw new PaletteException(
                        "cannot store two tensors named '%s', or one named %s".formatted(entry.name(), METADATA));
            }
            next = place.end();
        }
        return new SafetensorsHeader(places, metadata);
    }

    /** The header as it stands in the file, padded with spaces so that the data after its 8-byte length begin aligned. */
    byte[] toBytes() {
        ObjectNode root = json.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode strings = root.putObject(METADATA);
            metadata.forEach(strings::put);
        }
        places.forEach((name, place) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", place.entry().type().name());
            place.entry().shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(place.begin()).add(place.end());
        });
        byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    /**
     * Reads and checks a header.
     *
     * @param file whose header it is, for messages
     * @param dataLength bytes of the file that follow the header
     */
    static SafetensorsHeader parse(Path file, byte[] bytes, long dataLength) {
        JsonNode root;
        try (JsonParser parser = json.createParser(bytes)) {
            root = json.readTree(parser);
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is no valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        if (root == null || !root.isObject()) {
            throw damaged(file, "its header is no JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Place> places = new ArrayList<>();
        for (Entry<String, JsonNode> member : root.properties()) {
            if (member.getKey().equals(METADATA)) {
                metadata.putAll(strings(file, member.getValue()));
            } else {
                places.add(place(file, member.getKey(), member.getValue()));
            }
        }
        return new SafetensorsHeader(gapless(file, places, dataLength), metadata);
    }

    private static Map<String, String> strings(Path file, JsonNode node) {
        return node.properties().stream()
                .collect(Collectors.toMap(
                        Entry::getKey,
                        member -> {
                            if (!member.getValue().isTextual()) {
                                throw damaged(file, "its metadata '%s' is no string".formatted(member.getKey()));
                            }
                            return member.getValue().textValue();
                        },
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    private static Place place(Path file, String name, JsonNode node) {
        ElementType type = Arrays.stream(ElementType.values())
                .filter(known -> known.name().equals(node.path("dtype").asText()))
                .findFirst()
                .orElseThrow(() -> damaged(
                        file,
                        "tensor '%s' has dtype %s, expected one of %s"
                                .formatted(name, node.path("dtype"), Arrays.toString(ElementType.values()))));
        TensorEntry entry = entry(file, name, type, wholeNumbers(file, name, node, "shape"));
        List<Long> offsets = wholeNumbers(file, name, node, "data_offsets");
        if (offsets.size() != 2) {
            throw damaged(
                    file, "tensor '%s' has data_offsets %s, expected a begin and an end".formatted(name, offsets));
        }
        long begin = offsets.get(0);
        long length = offsets.get(1) - begin; // neither is negative: no overflow
        if (length != entry.sizeInBytes()) {
            throw damaged(
                    file,
                    "tensor '%s' (%s) has %d bytes, expected %d"
                            .formatted(name, entry.layout(), length, entry.sizeInBytes()));
        }
        return new Place(entry, begin);
    }

    private static TensorEntry entry(Path file, String name, ElementType type, List<Long> shape) {
        try {
            return new TensorEntry(name, type, shape);
        } catch (PaletteException e) {
            throw damaged(file, e.getMessage());
        }
    }

    private static List<Long> wholeNumbers(Path file, String name, JsonNode tensor, String member) {
        if (!(tensor.path(member) instanceof ArrayNode array)) {
            throw damaged(file, "tensor '%s' has no list %s".formatted(name, member));
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode number : array) {
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
                throw damaged(
                        file,
                        "tensor '%s' has %s %s, expected whole numbers of at least 0".formatted(name, member, array));
            }
            numbers.add(number.longValue());
        }
        return numbers;
    }

    private static Map<String, Place> gapless(Path file, List<Place> places, long dataLength) {
        places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
        Map<String, Place> ordered = new LinkedHashMap<>();
        long next = 0;
        for (Place place : places) {
            if (place.begin() != next || place.entry().sizeInBytes() > dataLength - next) {
                throw damaged(
                        file,
                        "tensor '%s' lies at bytes %d to %d of its data, expected it to begin at %d and end by %d"
                                .formatted(place.entry().name(), place.begin(), place.end(), next, dataLength));
            }
            next = place.end();
            ordered.put(place.entry().name(), place);
        }
        if (next != dataLength) {
            throw damaged(file, "it has %d bytes of data, expected the %d of its tensors".formatted(dataLength, next));
        }
        return ordered;
    }

    static PaletteException damaged(Path file, String finding) {
        return new PaletteException(
                "%s is no intact safetensors file: %s; fetch or make it again".formatted(file, finding));
    }
}
