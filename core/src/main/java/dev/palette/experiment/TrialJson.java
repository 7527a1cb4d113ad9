package dev.palette.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.PaletteException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A trial as canonical JSON: keys in alphabetical order, no white space, numbers in their shortest form, enum constants as
 * scripts write them, every description an object whose {@code word} says what it describes. Equal trials give equal text,
 * on every machine and JDK.
 */
public final class TrialJson {
    /** Changes when trials of an earlier version can no longer be read; a member of the JSON. */
    public static final int FORMAT = 5;

    private TrialJson() {}

    /** The one text of a trial. */
    public static String write(Trial trial) {
        ObjectNode tree = StrictJson.mapper().valueToTree(trial);
        tree.put("format", FORMAT);
        return StrictJson.canonical(tree);
    }

    /**
     * The trial that a text describes.
     *
     * @param vocabulary the words it may use
     * @throws PaletteException when it is no JSON, has another format, or a member is unknown, missing or wrong; names the
     * member
     */
    public static Trial read(String json, Vocabulary vocabulary) {
        return read(json, vocabulary, "trial");
    }

    /** The trial that a text describes; {@code place} is where it stands, for messages. */
    public static Trial read(String json, Vocabulary vocabulary, String place) {
        try {
            JsonNode tree = StrictJson.mapper().readTree(json);
            if (!(tree instanceof ObjectNode members)) {
                throw new PaletteException("%s: expected a JSON object".formatted(place));
            }
            JsonNode format = members.remove("format");
            if (format == null || !format.isInt() || format.intValue() != FORMAT) {
                throw new PaletteException("%s: format is %s, expected %d: another version of Palette wrote it"
                        .formatted(place, format == null ? "missing" : format, FORMAT));
            }
            Trial trial = StrictJson.mapper(vocabulary).treeToValue(members, Trial.class);
            requireSameWords(members, trial, place);
            return trial;
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(place, e);
        }
    }

    /** A word that several descriptions share, as GLUE's do, must be the one that the other members make. */
    private static void requireSameWords(JsonNode read, Trial trial, String where) {
        JsonNode made = StrictJson.mapper().valueToTree(trial);
        Stream<String> places = Stream.concat(
                Stream.of("/adapter", "/sampling"),
                IntStream.range(0, trial.tasks().size()).mapToObj(i -> "/tasks/" + i));
        places.map(place -> place + "/word").forEach(place -> {
            if (!made.at(place).equals(read.at(place))) {
                throw new PaletteException("%s: %s is %s, but its other members make a %s"
                        .formatted(where, place.substring(1).replace('/', '.'), read.at(place), made.at(place)));
            }
        });
    }
}
