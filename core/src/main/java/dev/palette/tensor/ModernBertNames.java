package dev.palette.tensor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ModernBERT's names (Warner et al. 2024). Its norms stand before what they belong to, and one follows the last layer. Query, key and
 * value are one matrix there.
 */
final class ModernBertNames {
    private static final Pattern LAYER = Pattern.compile("layers\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Pattern OUR_LAYER = Pattern.compile("bert\\.encoder\\.layer\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final String TOGETHER = "attn.Wqkv";
    private static final List<String> APART =
            List.of("attention.self.query", "attention.self.key", "attention.self.value");
    private static final Map<String, String> PARTS = Map.of(
            "attn_norm", "attention.LayerNorm",
            "attn.Wo", "attention.output.dense",
            "mlp_norm", "intermediate.LayerNorm",
            "mlp.Wi", "intermediate.dense",
            "mlp.Wo", "output.dense");
    private static final Map<String, String> ELSEWHERE = Map.of(
            "embeddings.tok_embeddings.weight", "bert.embeddings.word_embeddings.weight",
            "embeddings.norm.weight", "bert.embeddings.LayerNorm.weight",
            "final_norm.weight", "bert.LayerNorm.weight");

    private ModernBertNames() {}

    /** What a tensor is here: one tensor, or the rows of several; a head keeps its name. */
    static List<TensorPart> ours(TensorEntry entry) {
        String bare = entry.name().replaceFirst("^(?:module\\.)?model\\.", "");
        Matcher layer = LAYER.matcher(bare);
        if (!layer.matches()) {
            return List.of(TensorPart.whole(entry, ELSEWHERE.getOrDefault(bare, bare)));
        }
        String prefix = "bert.encoder.layer." + layer.group(1) + ".";
        String leaf = "." + layer.group(3);
        return layer.group(2).equals(TOGETHER)
                ? TensorPart.inEqualParts(
                        entry, APART.stream().map(part -> prefix + part + leaf).toList())
                : List.of(TensorPart.whole(entry, prefix + PARTS.getOrDefault(layer.group(2), layer.group(2)) + leaf));
    }

    /** Tensors under ModernBERT's names, query, key and value in one; a head keeps its name. */
    static List<TensorData> theirs(Collection<TensorData> ours) {
        Map<String, List<TensorData>> together = new LinkedHashMap<>();
        ours.forEach(tensor -> together.computeIfAbsent(theirs(tensor.name()), name -> new ArrayList<>())
                .add(tensor));
        return together.entrySet().stream()
                .map(one -> TensorPart.joined(one.getKey(), one.getValue()))
                .toList();
    }

    private static String theirs(String name) {
        Matcher layer = OUR_LAYER.matcher(name);
        if (!layer.matches()) {
            return ELSEWHERE.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(name))
                    .findFirst()
                    .map(Map.Entry::getKey)
                    .orElse(name);
        }
        String part = APART.contains(layer.group(2))
                ? TOGETHER
                : PARTS.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(layer.group(2)))
                        .findFirst()
                        .map(Map.Entry::getKey)
                        .orElse(layer.group(2));
        return "layers." + layer.group(1) + "." + part + "." + layer.group(3);
    }
}
