package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** {@link BertConfig} of a DeBERTa of version 2 or 3 (He et al. 2021, 2023) as Hugging Face's {@code config.json} has it. */
final class DebertaFile {
    private static final String BUCKETS = "position_buckets";
    private static final String FARTHEST = "max_relative_positions";
    private static final String POSITIONS = "max_position_embeddings";
    private static final String WAYS = "pos_att_type";
    private static final Pattern OR = Pattern.compile("\\|");
    private static final Set<String> BOTH_WAYS = Set.of("c2p", "p2c");

    private DebertaFile() {}

    static BertConfig read(ConfigMembers members) {
        members.only("relative_attention", "true");
        members.only("position_biased_input", "false");
        members.only("share_att_key", "true");
        members.only("norm_rel_ebd", "layer_norm");
        members.only("conv_kernel_size", 0);
        int hidden = members.wholeNumber("hidden_size");
        members.only("embedding_size", hidden);
        int heads = members.wholeNumber("num_attention_heads");
        members.only("attention_head_size", (double) hidden / heads);
        requireBothWays(members);
        int farthest = (int) members.number(FARTHEST, -1);
        int positions = members.wholeNumber(POSITIONS);
        return new BertConfig(
                members.wholeNumber("vocab_size"),
                hidden,
                members.wholeNumber("num_hidden_layers"),
                heads,
                members.wholeNumber("intermediate_size"),
                positions,
                members.wholeNumber("type_vocab_size"),
                members.number("hidden_dropout_prob", 0.1),
                members.number("attention_probs_dropout_prob", 0.1),
                members.number("layer_norm_eps", 1e-7),
                hidden,
                false,
                LayerForm.deberta(
                        new Positions.Relative(members.wholeNumber(BUCKETS), farthest < 1 ? positions : farthest)));
    }

    /** {@code "p2c|c2p"} or {@code ["p2c", "c2p"]}. */
    private static void requireBothWays(ConfigMembers members) {
        JsonNode node = members.root().path(WAYS);
        Set<String> found = new TreeSet<>();
        if (node.isTextual()) {
            OR.splitAsStream(node.asText()).map(String::strip).forEach(found::add);
        }
        node.forEach(way -> found.add(way.asText()));
        if (!found.equals(BOTH_WAYS)) {
            throw members.other(WAYS, "[\"c2p\", \"p2c\"]");
        }
    }

    static void write(BertConfig config, Positions.Relative relative, ObjectNode node) {
        node.putArray("architectures").add("DebertaV2Model");
        node.put("model_type", EncoderFamily.DEBERTA.modelType());
        node.put("hidden_act", "gelu");
        node.put("vocab_size", config.vocabularySize());
        node.put("hidden_size", config.hiddenSize());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("intermediate_size", config.intermediateSize());
        node.put(POSITIONS, config.positions());
        node.put("type_vocab_size", config.tokenTypes());
        node.put("hidden_dropout_prob", config.hiddenDropout());
        node.put("attention_probs_dropout_prob", config.attentionDropout());
        node.put("layer_norm_eps", config.layerNormEpsilon());
        node.put("relative_attention", true);
        node.put("position_biased_input", false);
        node.put("share_att_key", true);
        node.put("norm_rel_ebd", "layer_norm");
        node.putArray(WAYS).add("p2c").add("c2p");
        node.put(BUCKETS, relative.buckets());
        node.put(FARTHEST, relative.farthest());
    }
}
