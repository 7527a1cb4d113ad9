package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole BERT layer of its own for each task, newly initialised, above the encoder's last (Stickland &amp; Murray 2019, §3.1,
 * "adding parameters to the top"). It is BERT's whatever the encoder's own layers are. With eight tasks BERT-base grows to 1.52 times its parameters.
 *
 * @see "Stickland and Murray 2019, BERT and PALs, §3.1 (arXiv:1902.02671)"
 */
public record TopLayer() implements Adapter {
    @Override
    public String label() {
        return "top BERT layer";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        List<Declaration> all = new ArrayList<>();
        tasks.forEach(task -> all.addAll(BertLayer.parameters(encoder.withBertsLayers(), 0, prefix(task), task)));
        return all;
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerAdapter.NONE;
    }

    @Override
    public @Nullable Sublayer onTop(BertConfig encoder, String task, ParameterSource parameters) {
        BertLayer layer =
                BertLayer.of(encoder.withBertsLayers(), 0, prefix(task), new Places.InEmbeddings(), parameters);
        return (h, c) -> c.ops().scoped(ops -> layer.forward(h, LayerAdapter.NONE, c.with(ops))); // (N, H)
    }

    private static String prefix(String task) {
        return "adapter.topLayer." + task + ".";
    }

    /** A BERT layer on top has no options. */
    public static final class Options implements Block<TopLayer> {
        @Override
        public TopLayer build() {
            return new TopLayer();
        }
    }
}
