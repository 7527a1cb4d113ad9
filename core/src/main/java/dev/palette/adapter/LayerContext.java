package dev.palette.adapter;

import dev.palette.kernel.Layout;
import dev.palette.kernel.Ops;

/**
 * What every site of a batch may need beside its input. Hidden states are (N, H): N word pieces, those of one sequence after those of
 * another, as the layout says.
 *
 * @param ops the operations, bound to the memory scope of the moment
 * @param layout which rows are a sequence; attention needs it
 * @param hiddenDropout rate after dense layers; 0 outside training
 * @param attentionDropout rate on attention probabilities; 0 outside training
 */
public record LayerContext(Ops ops, Layout layout, double hiddenDropout, double attentionDropout) {
    /** The same batch with results in another scope. */
    public LayerContext with(Ops other) {
        return new LayerContext(other, layout, hiddenDropout, attentionDropout);
    }
}
