package dev.palette.model;

import dev.palette.adapter.Declaration;

/** Which parameters training leaves as they are. */
public enum Freeze {
    /** None: everything is trained. */
    NOTHING {
        @Override
        public boolean trains(Declaration declaration) {
            return true;
        }
    },

    /**
     * The pretrained encoder with its pooler, but for its layer norms: adapters, heads and the scale and shift of every norm are
     * trained, as in Houlsby et al. (2019, §2.1).
     */
    ENCODER {
        @Override
        public boolean trains(Declaration declaration) {
            return declaration.isLayerNorm() || BertParameters.pretrainedName(declaration.name()) == null;
        }
    },

    /**
     * All that was pretrained, layer norms too: only adapters and heads are trained. Then no gradient is needed below the lowest
     * adapter, and with {@code cacheFrozen} the layers there are computed once an example.
     */
    PRETRAINED {
        @Override
        public boolean trains(Declaration declaration) {
            return BertParameters.pretrainedName(declaration.name()) == null;
        }
    };

    /** Whether a parameter is trained. */
    public abstract boolean trains(Declaration declaration);
}
