package dev.palette.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.BertConfigFile;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The original's keys and what they mean together. */
final class ArchitectureFile {
    private static final double DEVIATION = 0.02;
    private static final int SIZE = 204;
    private static final int PAL_HEADS = 6;
    private static final int TOP_BLOCKS = 6;
    private static final int TOP_HEADS = 12;

    /** What BERT's own configurations say of the encoder. */
    private static final List<String> BERT = List.of(
            "attention_probs_dropout_prob",
            "hidden_act",
            "hidden_dropout_prob",
            "hidden_size",
            "initializer_range",
            "intermediate_size",
            "max_position_embeddings",
            "num_attention_heads",
            "num_hidden_layers",
            "type_vocab_size",
            "vocab_size");

    /** What the original adds to them. */
    private static final List<String> ADDED = List.of(
            "bert_lay_top", "extra_dim", "hidden_size_aug", "houlsby", "lhuc", "mult", "num_tasks", "pals", "top");

    /** What Google's and Hugging Face's BERTs carry besides, and the model does not depend on or is checked elsewhere. */
    private static final Set<String> PASSED_OVER = Set.of(
            "_name_or_path",
            "architectures",
            "classifier_dropout",
            "directionality",
            "dtype",
            "gradient_checkpointing",
            "id2label",
            "label2id",
            "layer_norm_eps",
            "model_type",
            "pad_token_id",
            "pooler_fc_size",
            "pooler_num_attention_heads",
            "pooler_num_fc_layers",
            "pooler_size_per_head",
            "pooler_type",
            "position_embedding_type",
            "torch_dtype",
            "transformers_version",
            "use_cache");

    private final Path file;
    private final JsonNode root;

    ArchitectureFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ArchitectureFile read(Path file) {
        if (!Files.exists(file)) {
            throw new PaletteException(
                    "%s does not exist; expected a BERT configuration in JSON, e.g. experiments/configs/pals_config.json"
                            .formatted(file));
        }
        return new ArchitectureFile(file, BertConfigFile.tree(file));
    }

    Architecture architecture(OptionalInt hiddenSizeAug) {
        requireKnownKeys();
        BertConfig encoder = BertConfigFile.of(file, root);
        requireUsualStart();
        int size = hiddenSizeAug.orElseGet(() -> wholeNumber("hidden_size_aug", SIZE));
        try {
            return new Architecture(encoder, adapter(size), tasks());
        } catch (PaletteException e) {
            String message = e.getMessage();
            throw message.startsWith(file.toString())
                    ? e
                    : new PaletteException("%s: %s (size is hidden_size_aug or extra_dim)".formatted(file, message), e);
        }
    }

    private OptionalInt tasks() {
        return root.has("num_tasks") ? OptionalInt.of(wholeNumber("num_tasks", 1)) : OptionalInt.empty();
    }

    private Adapter adapter(int size) {
        int lowRank = has("extra_dim") ? wholeNumber("extra_dim", 0) : size;
        Adapter inLayers = flag("houlsby") ? houlsby(size, lowRank) : parallel(size, lowRank);
        if (!flag("top")) {
            return inLayers;
        }
        if (flag("bert_lay_top") && flag("lhuc")) {
            throw conflict(
                    "bert_lay_top", "lhuc", "in the original every task's top layer would have all tasks' vectors");
        }
        Adapter onTop = flag("bert_lay_top") ? new TopLayer() : new TopAttention(size, TOP_BLOCKS, TOP_HEADS);
        return inLayers.equals(new Shared()) ? onTop : inLayers.plus(onTop);
    }

    private Adapter houlsby(int size, int lowRank) {
        if (flag("mult")) {
            throw conflict("houlsby", "mult", "the original knows a layer with the one or the other");
        }
        if (flag("lhuc")) {
            throw conflict("houlsby", "lhuc", "the original would use the first task's adapter for all");
        }
        return flag("pals") ? new Houlsby(lowRank, new Pal(size, PAL_HEADS)) : new Houlsby(lowRank);
    }

    /** What {@code mult} and {@code lhuc} say; {@code pals} alone adds nothing. */
    private Adapter parallel(int size, int lowRank) {
        ParallelAdapter added = new Shared();
        if (flag("mult")) {
            added = flag("pals") ? new Pal(size, PAL_HEADS) : new LowRank(lowRank);
        }
        return flag("lhuc") ? new Lhuc(added) : added;
    }

    private void requireKnownKeys() {
        List<String> known = new ArrayList<>(BERT);
        known.addAll(ADDED);
        root.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key) && !PASSED_OVER.contains(key)) {
                throw new PaletteException("%s: %s"
                        .formatted(file, NearestWord.unknown("key", key, known).getMessage()));
            }
        });
    }

    private void requireUsualStart() {
        JsonNode deviation = root.get("initializer_range");
        if (deviation != null && deviation.asDouble() != DEVIATION) {
            throw new PaletteException("%s: initializer_range is %s, expected %s, with which new parameters start here"
                    .formatted(file, deviation, DEVIATION));
        }
    }

    private PaletteException conflict(String one, String other, String why) {
        return new PaletteException("%s: %s and %s are both true, expected one of them: %s; set one to false"
                .formatted(file, one, other, why));
    }

    /** Whether a key is there and says something: 0 and null stand for nothing, as in the original. */
    private boolean has(String key) {
        return root.hasNonNull(key) && !root.get(key).toString().equals("0");
    }

    private boolean flag(String key) {
        JsonNode value = root.path(key);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new PaletteException("%s: %s is %s, expected true or false".formatted(file, key, value));
        }
        return value.asBoolean();
    }

    private int wholeNumber(String key, int otherwise) {
        JsonNode value = root.path(key);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw new PaletteException(
                    "%s: %s is %s, expected a whole number of at least 1".formatted(file, key, value));
        }
        return value.intValue();
    }
}
