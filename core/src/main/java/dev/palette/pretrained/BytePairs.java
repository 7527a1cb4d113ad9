package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * RoBERTa's tokenizer as it was first published: {@code vocab.json}, the id of each piece, and {@code merges.txt}, the pairs of
 * pieces that are joined, in order (byte-level byte pairs; Radford et al. 2019). Gives the {@code tokenizer.json} that means the same.
 */
final class BytePairs {
    private static final String NAME = "vocab.json";
    private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>");

    private BytePairs() {}

    static boolean isOne(Path file) {
        return file.endsWith(NAME);
    }

    static JsonNode tokenizer(Path vocabulary) {
        JsonNode ids = BertConfigFile.tree(vocabulary);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : SPECIAL) {
            added.addObject()
                    .put("id", id(vocabulary, ids, token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", token.equals("<mask>")) // the mask takes the blank before it, as in transformers
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode after = root.putObject("post_processor").put("type", "RobertaProcessing");
        after.putArray("sep").add("</s>").add(id(vocabulary, ids, "</s>"));
        after.putArray("cls").add("<s>").add(id(vocabulary, ids, "<s>"));
        after.put("trim_offsets", true).put("add_prefix_space", false);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.set("vocab", ids);
        ArrayNode merges = model.putArray("merges");
        merges(vocabulary.resolveSibling("merges.txt")).forEach(merges::add);
        return root;
    }

    private static int id(Path file, JsonNode ids, String token) {
        if (!ids.path(token).isInt()) {
            throw new PaletteException("%s has no %s; expected the vocab.json of RoBERTa, with %s"
                    .formatted(file, token, String.join(", ", SPECIAL)));
        }
        return ids.get(token).intValue();
    }

    private static List<String> merges(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#version"))
                    .toList();
        } catch (IOException e) {
            throw new PaletteException(
                    "cannot read %s, which goes with vocab.json: %s; fetch it too, or tokenizer.json"
                            .formatted(file, e),
                    e);
        }
    }
}
