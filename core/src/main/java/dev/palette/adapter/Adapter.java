package dev.palette.adapter;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.Description;
import java.util.List;

/**
 * A method of adding parameters to an encoder, as a script describes it: {@code pal { size 204; heads 6 }}. Implementations are
 * immutable records in a file of their own, which holds the method's options, parameters, computation and source.
 */
public interface Adapter extends Description {
    /** What tables print, e.g. {@code PALs(204)}. */
    String label();

    /**
     * The parameters this method adds.
     *
     * @param encoder sizes of the encoder it joins
     * @param tasks the tasks' names, in order
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
}
