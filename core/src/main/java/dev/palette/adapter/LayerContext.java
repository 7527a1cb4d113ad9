package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Ops;
import java.util.function.Function;

/**
 * What every site of a batch may need beside its input. Hidden states are (N, H): N word pieces, those of one sequence after those of
 * another, as the layout says.
 *
 * @param ops the operations, bound to the memory scope of the moment
 * @param layout which rows are a sequence; attention needs it
 * @param training whether values are dropped out and draws are made
 * @param hiddenDropout rate after dense layers; 0 outside training
 * @param attentionDropout rate on attention probabilities; 0 outside training
 */
public record LayerContext(Ops ops, Layout layout, boolean training, double hiddenDropout, double attentionDropout) {
    /** A batch in evaluation: nothing is dropped out. */
    public LayerContext(Ops ops, Layout layout) {
        this(ops, layout, false, 0, 0);
    }

    /** The same batch with results in another scope. */
    public LayerContext with(Ops other) {
        return new LayerContext(other, layout, training, hiddenDropout, attentionDropout);
    }

    /** Runs a computation of the same batch in a memory scope of its own and keeps its result alone. */
    public NDArray scoped(Function<LayerContext, NDArray> computation) {
        return ops.scoped(inner -> computation.apply(with(inner)));
    }

    /** x with values dropped out at a method's own rate, in training; x itself otherwise. */
    public NDArray dropout(NDArray x, double rate) {
        return training && rate > 0 ? ops.dropout(x, rate) : x;
    }
}
