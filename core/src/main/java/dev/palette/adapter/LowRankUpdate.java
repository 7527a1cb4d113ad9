package dev.palette.adapter;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Declaration.Start;
import dev.palette.pretrained.BertConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update s · B A of the weight of a linear map (Hu et al. 2022, §4.1).
 *
 * @param down A, (r, I)
 * @param up B, (O, r)
 * @param scale s
 */
record LowRankUpdate(NDArray down, NDArray up, double scale) {
    private static final String DOWN = "down.weight";
    private static final String UP = "up.weight";

    /** A, as a linear layer starts, and B, which starts at 0. */
    static List<Declaration> parameters(
            String prefix, BertConfig encoder, Projection projection, int rank, @Nullable String task) {
        int in = projection.inputs(encoder);
        return List.of(
                new Declaration(prefix + DOWN, List.of(rank, in), Start.linear(in), task),
                new Declaration(prefix + UP, List.of(projection.outputs(encoder), rank), Start.ZERO, task));
    }

    static LowRankUpdate of(String prefix, ParameterSource parameters, double scale) {
        return new LowRankUpdate(parameters.get(prefix + DOWN), parameters.get(prefix + UP), scale);
    }

    /**
     * The change of a linear map that it makes.
     *
     * @param dropout rate on what the update reads, while training
     */
    ProjectionAdapter.Change change(double dropout) {
        return map -> map.computedAs((x, c) -> addTo(map.apply(x, c), c.dropout(x, dropout), c)); // (N, O)
    }

    /** y + s · B A x, for y (N, O) and x (N, I). */
    NDArray addTo(NDArray y, NDArray x, LayerContext c) {
        return c.ops().adapters().lowRank(y, x, down, up, scale);
    }
}
