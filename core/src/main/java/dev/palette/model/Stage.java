package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A stretch of the way from word pieces to logits that is computed as one: the embeddings, an encoder layer, what stands on top, the
 * head. Where a stage begins, a pass may stop, begin again, or take what was computed before.
 *
 * @param parameters the names of all it reads
 * @param forward what it computes
 */
record Stage(Set<String> parameters, Forward forward) {
    /** What a stage computes. */
    @FunctionalInterface
    interface Forward {
        /**
         * Computes it.
         *
         * @param below what the stage below made, (N, H); of the first stage, the word pieces, (N)
         * @return (N, H); of the head, logits
         */
        NDArray apply(NDArray below, ModelInput input, LayerContext context);
    }

    /** A source that notes what is looked up in it, while a stage is built. */
    static final class Lookups implements ParameterSource {
        private final ParameterSource source;
        private final Set<String> names = new LinkedHashSet<>();

        Lookups(ParameterSource source) {
            this.source = source;
        }

        @Override
        public NDArray get(String name) {
            names.add(name);
            return source.get(name);
        }

        /** The stage of what was built. */
        Stage stage(Forward forward) {
            return new Stage(Set.copyOf(names), forward);
        }
    }
}
