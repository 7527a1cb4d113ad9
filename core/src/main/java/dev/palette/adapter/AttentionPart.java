package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Linear;
import dev.palette.kernel.SelfAttention;
import java.util.stream.Stream;

/**
 * The attention of one encoder layer, before its residual sum (Vaswani et al. 2017, §3.2).
 *
 * @param maps query, key and value projections
 * @param output the projection after them
 * @param places how it is told where rows stand
 */
record AttentionPart(SelfAttention maps, Linear output, Places places) {
    /** What it makes of x, (N, H) → (N, H): in one operation where it is BERT's and no adapter is in the way. */
    NDArray apply(NDArray x, LayerAdapter a, LayerContext c) {
        LinearMap query = a.projection(Projection.QUERY, LinearMap.of(maps.query()));
        LinearMap key = a.projection(Projection.KEY, LinearMap.of(maps.key()));
        LinearMap value = a.projection(Projection.VALUE, LinearMap.of(maps.value()));
        LinearMap back = a.projection(Projection.ATTENTION_OUTPUT, LinearMap.of(output));
        Prefix prefix = a.prefix(c);
        if (places instanceof Places.InEmbeddings
                && prefix == null
                && Stream.of(query, key, value, back).allMatch(LinearMap::isPlain)) {
            return c.ops().attention(x, c.layout(), maps, output, c.attentionDropout(), c.hiddenDropout());
        }
        return c.scoped(in -> {
            NDArray q = query.apply(x, in); // (N, H)
            NDArray k = key.apply(x, in); // (N, H)
            NDArray v = value.apply(x, in); // (N, H)
            Places.Projected rows = new Places.Projected(q, k, v, prefix, query, key);
            NDArray found = places.attend(rows, maps.heads(), in); // (N, H)
            return in.ops().dropout(back.apply(found, in), in.hiddenDropout()); // (N, H)
        });
    }
}
