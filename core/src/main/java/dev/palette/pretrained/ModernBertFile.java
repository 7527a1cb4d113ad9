package dev.palette.pretrained;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@link BertConfig} of a ModernBERT (Warner et al. 2024) as Hugging Face's {@code config.json} has it. */
final class ModernBertFile {
    private static final String EVERY = "global_attn_every_n_layers";
    private static final String WINDOW = "local_attention";
    private static final String THETA = "global_rope_theta";
    private static final String LOCAL_THETA = "local_rope_theta";
    private static final String EPSILON = "norm_eps";

    private ModernBertFile() {}

    static BertConfig read(ConfigMembers members) {
        members.only("hidden_activation", "gelu");
        for (String bias : new String[] {"attention_bias", "mlp_bias", "norm_bias"}) {
            members.only(bias, "false");
        }
        members.only("rope_scaling", "null");
        for (String dropout : new String[] {"attention_dropout", "embedding_dropout", "mlp_dropout"}) {
            members.only(dropout, 0);
        }
        double theta = members.number(THETA);
        return new BertConfig(
                members.wholeNumber("vocab_size"),
                members.wholeNumber("hidden_size"),
                members.wholeNumber("num_hidden_layers"),
                members.wholeNumber("num_attention_heads"),
                members.wholeNumber("intermediate_size"),
                members.wholeNumber("max_position_embeddings"),
                0,
                0,
                0,
                members.number(EPSILON),
                members.wholeNumber("hidden_size"),
                false,
                LayerForm.modernBert(new Positions.Rotary(
                        theta,
                        members.isNull(LOCAL_THETA) ? theta : members.number(LOCAL_THETA),
                        members.wholeNumber(EVERY),
                        members.wholeNumber(WINDOW) / 2)));
    }

    static void write(BertConfig config, Positions.Rotary positions, ObjectNode node) {
        node.putArray("architectures").add("ModernBertModel");
        node.put("model_type", EncoderFamily.MODERN_BERT.modelType());
        node.put("hidden_activation", "gelu");
        node.put("vocab_size", config.vocabularySize());
        node.put("hidden_size", config.hiddenSize());
        node.put("num_hidden_layers", config.layers());
        node.put("num_attention_heads", config.heads());
        node.put("intermediate_size", config.intermediateSize());
        node.put("max_position_embeddings", config.positions());
        node.put(EPSILON, config.layerNormEpsilon());
        node.put(THETA, positions.theta());
        node.put(LOCAL_THETA, positions.localTheta());
        node.put(EVERY, positions.every());
        node.put(WINDOW, 2 * positions.window());
    }
}
