package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Layout;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.Positions;
import org.jspecify.annotations.Nullable;

/** How the attention of one layer is told where rows stand, and what it makes of queries, keys and values. */
sealed interface Places {
    /** Those of an encoder's layer. */
    static Places of(BertConfig config, int layer) {
        if (config.form().positions() instanceof Positions.Rotary rotary) {
            return rotary.isGlobal(layer)
                    ? new Rotated(rotary.theta(), Layout.EVERYWHERE)
                    : new Rotated(rotary.localTheta(), rotary.window());
        }
        return new InEmbeddings();
    }

    /**
     * Multi-head attention: (N, H) each → (N, H).
     *
     * @param prefix keys and values that stand before those of each sequence and have no place in it: all rows see them
     */
    NDArray attend(NDArray query, NDArray key, NDArray value, @Nullable Prefix prefix, int heads, LayerContext c);

    /** Rows know their places from the embeddings. */
    record InEmbeddings() implements Places {
        @Override
        public NDArray attend(
                NDArray query, NDArray key, NDArray value, @Nullable Prefix prefix, int heads, LayerContext c) {
            return within(Layout.EVERYWHERE, query, key, value, prefix, heads, c);
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
        public NDArray attend(
                NDArray query, NDArray key, NDArray value, @Nullable Prefix prefix, int heads, LayerContext c) {
            NDArray q = c.ops().rotated(query, c.layout(), heads, theta); // (N, H)
            NDArray k = c.ops().rotated(key, c.layout(), heads, theta); // (N, H)
            return within(window, q, k, value, prefix, heads, c);
        }
    }

    private static NDArray within(
            int window, NDArray query, NDArray key, NDArray value, @Nullable Prefix prefix, int heads, LayerContext c) {
        double dropout = c.attentionDropout();
        return prefix == null
                ? c.ops().attend(query, key, value, c.layout(), heads, window, dropout)
                : c.ops()
                        .adapters()
                        .attend(query, key, value, prefix.keys(), prefix.values(), c.layout(), heads, window, dropout);
    }
}
