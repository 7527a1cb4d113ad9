package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import java.util.List;

/**
 * One model per task: each task starts from the pretrained encoder and keeps a copy of its own, so nothing is shared and nothing
 * added. The other baseline of Stickland &amp; Murray (2019), table 1, "BERT-base", with as many encoders as tasks.
 *
 * @see "Stickland and Murray 2019, BERT and PALs, table 1 (arXiv:1902.02671)"
 */
public record Separate() implements Adapter {
    @Override
    public String label() {
        return "separate";
    }

    @Override
    public boolean sharesEncoder() {
        return false;
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        return List.of();
    }

    @Override
    public LayerAdapter inLayer(int layer, String task, ParameterSource parameters) {
        return LayerAdapter.NONE;
    }

    /** One model per task has no options. */
    public static final class Options implements Block<Separate> {
        @Override
        public Separate build() {
            return new Separate();
        }
    }
}
