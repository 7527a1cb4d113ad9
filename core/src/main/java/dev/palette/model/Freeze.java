package dev.palette.model;

import dev.palette.adapter.Declaration;
import dev.palette.spec.PaletteException;
import java.util.Collection;
import java.util.List;

/** Which parameters training leaves as they are, from its first step to its last. */
public sealed interface Freeze {
    /** See {@link None}. */
    static Freeze none() {
        return new None();
    }

    /** See {@link Encoder}. */
    static Freeze encoder() {
        return new Encoder();
    }

    /** See {@link Pretrained}. */
    static Freeze pretrained() {
        return new Pretrained();
    }

    /** Whether a parameter is trained. */
    boolean trains(Declaration declaration);

    /**
     * Checks that what is named is there.
     *
     * @param declared every parameter of the model
     * @throws dev.palette.spec.PaletteException when a name, a layer or a part has no parameter
     */
    default void requireKnown(Collection<Declaration> declared) {}

    /** None: everything is trained. */
    record None() implements Freeze {
        @Override
        public boolean trains(Declaration declaration) {
            return true;
        }
    }

    /**
     * The pretrained encoder with its pooler, but for its layer norms: adapters, heads and the scale and shift of every norm are
     * trained, as in Houlsby et al. (2019, §2.1).
     */
    record Encoder() implements Freeze {
        @Override
        public boolean trains(Declaration declaration) {
            return declaration.isLayerNorm() || BertParameters.pretrainedName(declaration.name()) == null;
        }
    }

    /**
     * All that was pretrained, layer norms too: only adapters and heads are trained. Then no gradient is needed below the lowest
     * adapter, and with {@code cacheFrozen} the layers there are computed once an example.
     */
    record Pretrained() implements Freeze {
        @Override
        public boolean trains(Declaration declaration) {
            return BertParameters.pretrainedName(declaration.name()) == null;
        }
    }

    /**
     * What is named: {@code freeze { layers 0..3; parts part.embeddings }}. All others are trained.
     *
     * @param names patterns of parameters' names, as in {@link ParameterSet}
     * @param layers of the encoder, counted from 0, with the adapters in them
     * @param parts of the model
     * @param except patterns of the names that are trained nevertheless
     */
    record Chosen(List<String> names, List<Integer> layers, List<ModelPart> parts, List<String> except)
            implements Freeze {
        /** Checks that something is chosen. */
        public Chosen {
            ParameterSet set = new ParameterSet(names, layers, parts, except);
            names = set.names();
            layers = set.layers();
            parts = set.parts();
            except = set.except();
            if (set.isEmpty()) {
                throw new PaletteException(
                        "it is not said what to freeze; give names, layers or parts, e.g. layers 0..3");
            }
        }

        @Override
        public boolean trains(Declaration declaration) {
            return !set().contains(declaration);
        }

        @Override
        public void requireKnown(Collection<Declaration> declared) {
            set().requireKnown("train.freeze", declared);
        }

        private ParameterSet set() {
            return new ParameterSet(names, layers, parts, except);
        }
    }

    /** Options of {@code freeze { … }}. */
    final class Options extends ParameterSet.Options<Options, Freeze> {
        @Override
        public Chosen build() {
            return new Chosen(names, layers, parts, except);
        }
    }
}
