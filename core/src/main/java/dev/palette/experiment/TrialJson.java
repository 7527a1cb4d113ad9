package dev.palette.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.PaletteException;

/**
 * A trial as canonical JSON: keys in alphabetical order, no white space, numbers in their shortest form, enum constants as
 * scripts write them, every description an object whose {@code word} says what it describes. Equal trials give equal text,
 * on every machine and JDK.
 */
public final class TrialJson {
    /** Changes when trials of an earlier version can no longer be read; a member of the JSON. */
    public static final int FORMAT = 1;

    private static final String PLACE = "trial";

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
     * @throws PaletteException when it is no JSON, has another format, or a member is unknown, missing or wrong; names the member
     */
    public static Trial read(String json, Vocabulary vocabulary) {
        try {
            JsonNode tree = StrictJson.mapper().readTree(json);
            if (!(tree instanceof ObjectNode members)) {
                throw new PaletteException("%s: expected a JSON object".formatted(PLACE));
            }
            JsonNode format = members.remove("format");
            if (format == null || !format.isInt() || format.intValue() != FORMAT) {
                throw new PaletteException("%s: format is %s, expected %d: another version of Palette wrote it"
                        .formatted(PLACE, format == null ? "missing" : format, FORMAT));
            }
            return StrictJson.mapper(vocabulary).treeToValue(members, Trial.class);
        } catch (JsonProcessingException e) {
            throw StrictJson.explain(PLACE, e);
        }
    }
}
