package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import java.util.List;

/** What an {@link InlineAdapter}'s code defines: parameters, and what is computed with them in a layer. */
public interface AdapterRule {
    /**
     * The parameters that are added.
     *
     * @param prefix of every parameter's name
     * @param encoder sizes of the encoder that is joined
     * @param tasks the tasks' names, in order
     */
    List<Declaration> parameters(String prefix, BertConfig encoder, List<String> tasks);

    /**
     * What is computed in one layer for one task.
     *
     * @param prefix of every parameter's name
     * @param layer encoder layer, from 0
     * @param parameters finds the tensors that were declared
     */
    LayerAdapter inLayer(String prefix, int layer, String task, ParameterSource parameters);
}
