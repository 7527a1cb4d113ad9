package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Block;
import java.util.List;

/**
 * Nothing added: all tasks share the whole encoder and differ in their heads alone. The baseline of Stickland &amp; Murray (2019),
 * table 1, "Shared".
 *
 * @see "Stickland and Murray 2019, BERT and PALs, table 1, Shared (arXiv:1902.02671)"
 */
public record Shared() implements ParallelAdapter {
    @Override
    public String label() {
        return "shared";
    }

    @Override
    public List<Declaration> parameters(BertConfig encoder, List<String> tasks) {
        return List.of();
    }

    @Override
    public boolean joins(int layer) {
        return false;
    }

    @Override
    public Sublayer branch(int layer, String task, ParameterSource parameters) {
        throw new IllegalStateException("nothing is added to any layer");
    }

    /** Fully shared has no options. */
    public static final class Options implements Block<Shared> {
        @Override
        public Shared build() {
            return new Shared();
        }
    }
}
