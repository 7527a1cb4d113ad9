package dev.palette.tensor;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of DeBERTa, versions 2 and 3 (He et al. 2021): BERT's, but for the projections and for the vectors of distances, which stand
 * with the layers there and with the embeddings here.
 */
final class DebertaNames {
    private static final String PREFIX = "bert.";
    private static final String DISTANCES = "encoder.rel_embeddings.";
    private static final String DISTANCES_NORM = "encoder.LayerNorm.";
    private static final String OUR_DISTANCES = "bert.embeddings.rel_embeddings.";
    private static final Pattern PROJECTION = Pattern.compile("\\.self\\.(query|key|value)_proj\\.");
    private static final Pattern OUR_PROJECTION = Pattern.compile("\\.self\\.(query|key|value)\\.");

    private DebertaNames() {}

    /** The name that a tensor has here; heads, the pooler of classifiers among them, keep their own. */
    static String ours(String name) {
        String bare = name.replaceFirst("^(?:module\\.)?deberta\\.", "");
        if (bare.startsWith(DISTANCES)) {
            return OUR_DISTANCES + bare.substring(DISTANCES.length());
        }
        if (bare.startsWith(DISTANCES_NORM)) {
            return OUR_DISTANCES + "LayerNorm." + bare.substring(DISTANCES_NORM.length());
        }
        boolean unused = bare.startsWith("embeddings.position_embeddings."); // some files have it, and nothing reads it
        return !unused && (bare.startsWith("embeddings.") || bare.startsWith("encoder.layer."))
                ? PREFIX + PROJECTION.matcher(bare).replaceFirst(".self.$1.")
                : bare;
    }

    /** Tensors under DeBERTa's names. */
    static List<TensorData> theirs(Collection<TensorData> ours) {
        return ours.stream().map(tensor -> tensor.named(theirs(tensor.name()))).toList();
    }

    private static String theirs(String name) {
        if (name.startsWith(OUR_DISTANCES + "LayerNorm.")) {
            return "deberta." + DISTANCES_NORM + name.substring((OUR_DISTANCES + "LayerNorm.").length());
        }
        if (name.startsWith(OUR_DISTANCES)) {
            return "deberta." + DISTANCES + name.substring(OUR_DISTANCES.length());
        }
        return name.startsWith(PREFIX)
                ? "deberta."
                        + OUR_PROJECTION
                                .matcher(name.substring(PREFIX.length()))
                                .replaceFirst(".self.$1_proj.")
                : name;
    }
}
