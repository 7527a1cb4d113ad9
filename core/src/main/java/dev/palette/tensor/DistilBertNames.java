package dev.palette.tensor;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DistilBERT's names (Sanh et al. 2019): BERT's layers under other words, without pooler and segments. */
final class DistilBertNames {
    private static final Pattern LAYER = Pattern.compile("transformer\\.layer\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Map<String, String> PARTS = Map.of(
            "attention.q_lin", "attention.self.query",
            "attention.k_lin", "attention.self.key",
            "attention.v_lin", "attention.self.value",
            "attention.out_lin", "attention.output.dense",
            "sa_layer_norm", "attention.output.LayerNorm",
            "ffn.lin1", "intermediate.dense",
            "ffn.lin2", "output.dense",
            "output_layer_norm", "output.LayerNorm");

    private DistilBertNames() {}

    /** The name that a tensor has here; a head keeps its own. */
    static String ours(String name) {
        String bare = name.replaceFirst("^(?:module\\.)?distilbert\\.", "");
        Matcher layer = LAYER.matcher(bare);
        if (layer.matches()) {
            String part = PARTS.getOrDefault(layer.group(2), layer.group(2));
            return "bert.encoder.layer." + layer.group(1) + "." + part + "." + layer.group(3);
        }
        return bare.startsWith("embeddings.") ? "bert." + bare : bare;
    }
}
