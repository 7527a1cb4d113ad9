package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.LayerContext;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import java.util.List;
import java.util.Set;

/**
 * One batch's way from word pieces to a task's logits, stage by stage. Computing the stages one after the other is the plain forward
 * pass; a caller may also begin above stages that it has computed before, or compute a stage again.
 */
public final class ForwardPass {
    private final BertConfig config;
    private final List<Stage> stages;
    private final ModelInput input;
    private final Dropout dropout;

    ForwardPass(BertConfig config, List<Stage> stages, ModelInput input, Dropout dropout) {
        this.config = config;
        this.stages = stages;
        this.input = input;
        this.dropout = dropout;
    }

    /** The number of stages: embeddings, layers, what stands above them, and the head. */
    public int stages() {
        return stages.size();
    }

    /** What a stage reads. */
    public Set<String> parameters(int stage) {
        return stages.get(stage).parameters();
    }

    /** What the first stage takes: the word pieces, (N). */
    public NDArray start() {
        return input.ids();
    }

    /**
     * Computes one stage.
     *
     * @param below what the stage below made; {@link #start} for the first
     * @param ops in whose scope the result is
     * @return hidden states (N, H); of the last stage the logits, (B, outputs), (B, T, outputs) or (B, choices)
     */
    public NDArray compute(int stage, NDArray below, Ops ops) {
        boolean drops = dropout.dropsIn(stage);
        if (drops) {
            ops.seed(dropout.seed() + stage);
        }
        return ops.scoped(inner -> stages.get(stage)
                .forward()
                .apply(
                        below,
                        input,
                        new LayerContext(
                                inner,
                                input.layout(),
                                drops ? config.hiddenDropout() : 0,
                                drops ? config.attentionDropout() : 0)));
    }

    /**
     * The logits, from a stage on.
     *
     * @param below what the stage below made; {@link #start} for the first
     */
    public NDArray logits(int stage, NDArray below, Ops ops) {
        NDArray h = below;
        for (int i = stage; i < stages.size(); i++) {
            NDArray above = compute(i, h, ops);
            if (i > stage) {
                h.close(); // only the handle: what autograd needs of it stays in its graph
            }
            h = above;
        }
        return h;
    }

    /** The logits. */
    public NDArray logits(Ops ops) {
        return logits(0, start(), ops);
    }
}
