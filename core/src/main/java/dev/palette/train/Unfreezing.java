package dev.palette.train;

import dev.palette.adapter.Declaration;
import dev.palette.model.ParameterPlace;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import java.util.function.Consumer;

/**
 * Gradual unfreezing (Howard &amp; Ruder 2018, §3.3): adapters and heads are trained from the first step, the pretrained encoder from above.
 * After {@code every} steps its topmost layer with the pooler joins them, after as many again the layer below, the embeddings last. What is
 * not yet trained takes no gradient, and nothing is kept below the lowest layer that is.
 *
 * @param every steps from one layer to the next; 0 where all are trained from the start
 * @param downTo the lowest layer that joins, counted from 0
 * @param embeddings whether the embeddings join after layer 0
 * @see "Howard and Ruder 2018, Universal Language Model Fine-tuning for Text Classification, §3.3 (arXiv:1801.06146)"
 */
public record Unfreezing(
        @Limit(least = 0) int every, @Limit(least = 0) int downTo, boolean embeddings) {
    /** A step that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    /** Checks the ranges. */
    public Unfreezing {
        Limits.check(Unfreezing.class, every, downTo, embeddings);
    }

    /** Unfreezing configured by a block: {@code Unfreezing.of(u -> u.every(200))}. */
    public static Unfreezing of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** Whether anything waits. */
    public boolean isGradual() {
        return every > 0;
    }

    /** Whether a parameter is trained sooner or later. */
    boolean everTrains(Declaration declaration) {
        ParameterPlace place = ParameterPlace.of(declaration);
        return !isGradual()
                || !place.pretrained()
                || place.layer() == ParameterPlace.NOWHERE
                || place.layer() >= lowest();
    }

    /**
     * The number of steps done when a parameter is first trained.
     *
     * @param layers of the encoder
     */
    long opensAt(Declaration declaration, int layers) {
        ParameterPlace place = ParameterPlace.of(declaration);
        if (!isGradual() || !place.pretrained()) {
            return 0;
        }
        if (!everTrains(declaration)) {
            return NEVER;
        }
        int turn = place.layer() == ParameterPlace.NOWHERE ? 1 : layers - place.layer();
        return (long) every * turn;
    }

    /** The lowest that joins: a layer, or {@link ParameterPlace#BELOW}. */
    int lowest() {
        return downTo == 0 && embeddings ? ParameterPlace.BELOW : downTo;
    }

    /** The same plan as a block, to change single options. */
    public Options toBlock() {
        return new Options().every(every).downTo(downTo).embeddings(embeddings);
    }

    /** Options of {@code unfreeze}. */
    public static final class Options implements Block<Unfreezing> {
        private int every;
        private int downTo;
        private boolean embeddings = true;

        /** Steps from one layer to the next; 0, the default, trains all layers from the start. */
        public Options every(int steps) {
            every = steps;
            return this;
        }

        /** The lowest layer that joins; 0 by default. */
        public Options downTo(int layer) {
            downTo = layer;
            return this;
        }

        /** Whether the embeddings join after layer 0; true by default. */
        public Options embeddings(boolean value) {
            embeddings = value;
            return this;
        }

        @Override
        public Unfreezing build() {
            return new Unfreezing(every, downTo, embeddings);
        }
    }
}
