package dev.palette.words;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The words for programs. */
public final class DictionaryJson {
    private DictionaryJson() {}

    /** All words: {@code {"words": […], "blocks": […]}}. */
    public static ObjectNode of(Dictionary dictionary) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        dictionary.values().forEach(word -> all.withArray("words").add(word(word)));
        dictionary.blocks().forEach(block -> all.withArray("blocks").add(word(block)));
        return all;
    }

    /**
     * One word: {@code {"words": […], "options": […]}}, since a name may stand for several things.
     *
     * @throws dev.palette.spec.PaletteException when there is no such word
     */
    public static ObjectNode of(Dictionary dictionary, String name) {
        dictionary.require(name);
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        ArrayNode words = found.putArray("words");
        dictionary.words(name).forEach(word -> words.add(word(word)));
        found.set("options", options(dictionary.options(name)));
        return found;
    }

    private static ObjectNode word(DescribedWord word) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", word.name())
                .put("kind", word.kind())
                .put("form", word.form())
                .put("meaning", word.meaning())
                .put("class", word.type().getName());
        ArrayNode sources = node.putArray("sources");
        word.sources().forEach(sources::add);
        ArrayNode local = node.putArray("local");
        word.local().forEach(local::add);
        node.set("options", options(word.options()));
        return node;
    }

    private static ArrayNode options(List<DescribedOption> options) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (DescribedOption option : options) {
            ObjectNode node = all.addObject();
            node.put("name", option.name()).put("block", option.block()).put("type", option.type());
            option.range().ifPresent(range -> node.put("range", range));
            option.defaultValue().ifPresent(value -> node.put("default", value));
            node.put("required", option.required()).put("deprecated", option.deprecated());
            node.put("meaning", option.meaning());
            option.setting().ifPresent(key -> node.put("setting", key));
            ArrayNode sources = node.putArray("sources");
            option.sources().forEach(sources::add);
        }
        return all;
    }
}
