package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Distances;
import dev.palette.kernel.LayerNorm;
import dev.palette.kernel.Layout;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.Positions;
import org.jspecify.annotations.Nullable;

/** How the attention of one layer is told where rows stand, and what it makes of queries, keys and values. */
public sealed interface Places {
    /**
     * Those of an encoder's layer.
     *
     * @param distances name of the vectors of distances, where the encoder has them
     */
    static Places of(BertConfig config, int layer, String distances, ParameterSource p) {
        if (config.form().positions() instanceof Positions.Rotary rotary) {
            return rotary.isGlobal(layer)
                    ? new Rotated(rotary.theta(), Layout.EVERYWHERE)
                    : new Rotated(rotary.localTheta(), rotary.window());
        }
        if (config.form().positions() instanceof Positions.Relative relative) {
            return new ByDistance(
                    p.get(distances + ".weight"),
                    p.norm(distances + ".LayerNorm", config.layerNormEpsilon()),
                    relative.buckets(),
                    relative.farthest());
        }
        return new InEmbeddings();
    }

    /** Multi-head attention: (N, H) each → (N, H). */
    NDArray attend(Projected rows, int heads, LayerContext c);

    /**
     * What attention takes, and the maps that made it.
     *
     * @param queries (N, H)
     * @param keys (N, H)
     * @param values (N, H)
     * @param prefix keys and values that stand before those of each sequence and have no place in it: all rows see them
     * @param query the map to the queries
     * @param key the map to the keys
     */
    record Projected(
            NDArray queries,
            NDArray keys,
            NDArray values,
            @Nullable Prefix prefix,
            LinearMap query,
            LinearMap key) {
        NDArray attend(NDArray turnedQueries, NDArray turnedKeys, int window, int heads, LayerContext c) {
            double dropout = c.attentionDropout();
            return prefix == null
                    ? c.ops().attention().attend(turnedQueries, turnedKeys, values, c.layout(), heads, window, dropout)
                    : c.ops()
                            .adapters()
                            .attend(
                                    turnedQueries,
                                    turnedKeys,
                                    values,
                                    prefix.keys(),
                                    prefix.values(),
                                    c.layout(),
                                    heads,
                                    window,
                                    dropout);
        }
    }

    /** Rows know their places from the embeddings. */
    record InEmbeddings() implements Places {
        @Override
        public NDArray attend(Projected rows, int heads, LayerContext c) {
            return rows.attend(rows.queries(), rows.keys(), Layout.EVERYWHERE, heads, c);
        }
    }

    /**
     * Queries and keys are turned by their places ({@link Positions.Rotary}).
     *
     * @param theta base of the angles
     * @param window how far to each side a row attends
     */
    record Rotated(double theta, int window) implements Places {
        @Override
        public NDArray attend(Projected rows, int heads, LayerContext c) {
            NDArray queries = c.ops().attention().rotated(rows.queries(), c.layout(), heads, theta); // (N, H)
            NDArray keys = c.ops().attention().rotated(rows.keys(), c.layout(), heads, theta); // (N, H)
            return rows.attend(queries, keys, window, heads, c);
        }
    }

    /**
     * Scores depend on distances, whose vectors the layer's own maps turn into queries and keys ({@link Positions.Relative}).
     *
     * @param vectors (2 · buckets, H)
     * @param norm of the vectors
     * @param buckets on each side
     * @param farthest the distance of the last bucket, and one more
     */
    record ByDistance(NDArray vectors, LayerNorm norm, int buckets, int farthest) implements Places {
        @Override
        public NDArray attend(Projected rows, int heads, LayerContext c) {
            Distances distances = Distances.within(c.layout(), buckets, farthest);
            NDArray used = distances.used(vectors, c.ops()); // (R, H)
            NDArray read = c.ops().dropout(c.ops().norm(used, norm), c.hiddenDropout()); // (R, H)
            Prefix prefix = rows.prefix();
            return c.ops()
                    .attention()
                    .byDistance(
                            rows.queries(),
                            rows.keys(),
                            rows.values(),
                            rows.query().apply(read, c),
                            rows.key().apply(read, c),
                            prefix == null ? null : prefix.keys(),
                            prefix == null ? null : prefix.values(),
                            distances,
                            c.layout(),
                            heads,
                            c.attentionDropout());
        }
    }
}
