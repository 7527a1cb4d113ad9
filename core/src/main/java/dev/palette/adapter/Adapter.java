package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Description;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of adding parameters to an encoder, as a script describes it: {@code pal { size 204; heads 6 }}. Implementations are
 * immutable records in a file of their own, which holds the method's options, parameters, computation and source.
 *
 * <p>Adapters add up: {@code lowRank { size 50 } + topLayer()} in Groovy and Kotlin, {@code a.plus(b)} in Java.
 */
public interface Adapter extends Description {
    /** What tables print, e.g. {@code PALs(204)}. */
    String label();

    /**
     * The parameters this method adds.
     *
     * @param encoder sizes of the encoder it joins
     * @param tasks the tasks' names, in order
     * @throws dev.palette.spec.PaletteException when the method doesn't fit an encoder of these sizes
     */
    List<Declaration> parameters(BertConfig encoder, List<String> tasks);

    /**
     * What this method computes in one layer for one task.
     *
     * @param layer encoder layer, from 0
     * @param task the task's name
     * @param parameters finds the tensors declared by {@link #parameters}
     */
    LayerAdapter inLayer(int layer, String task, ParameterSource parameters);

    /**
     * Learnt vectors that go before a task's word pieces through all layers; none unless a method says otherwise.
     *
     * @param task the task's name
     * @param parameters finds the tensors declared by {@link #parameters}
     */
    default @Nullable Prompt prompt(String task, ParameterSource parameters) {
        return null;
    }

    /**
     * What this method computes for one task above the last layer, before the pooler and the heads; nothing unless a method says
     * otherwise.
     *
     * @param encoder sizes of the encoder it joins
     * @param task the task's name
     * @param parameters finds the tensors declared by {@link #parameters}
     * @return from the last layer's output (N, H) to what the heads see (N, H), or null to leave it as it is
     */
    default @Nullable Sublayer onTop(BertConfig encoder, String task, ParameterSource parameters) {
        return null;
    }

    /**
     * Which parameter a task's encoder has in place of one of the pretrained; that one unless a method says otherwise.
     *
     * @param parameter by Hugging Face's name, e.g. {@code bert.encoder.layer.0.attention.self.query.bias}
     * @return its name, or that of one declared by {@link #parameters}, of the same shape
     */
    default String inPlaceOf(String parameter, String task) {
        return parameter;
    }

    /** Whether all tasks use one encoder, as they do unless a method says otherwise; if not, each has a copy of its own. */
    default boolean sharesEncoder() {
        return true;
    }

    /** The files of trained adapters that it starts from, by their paths; none unless a method says otherwise. */
    default List<String> files() {
        return List.of();
    }

    /** The methods this one is the sum of: itself, unless it is {@link Composed}. */
    default List<Adapter> parts() {
        return List.of(this);
    }

    /** This method and another together. Where both join a layer at one site, the other sees what this one made. */
    default Adapter plus(Adapter other) {
        return Composed.of(List.of(this, other));
    }
}
