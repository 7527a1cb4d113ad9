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
    private final int first;
    private final NDArray start;

    private ForwardPass(
            BertConfig config, List<Stage> stages, ModelInput input, Dropout dropout, int first, NDArray start) {
        this.config = config;
        this.stages = stages;
        this.input = input;
        this.dropout = dropout;
        this.first = first;
        this.start = start;
    }

    ForwardPass(BertConfig config, List<Stage> stages, ModelInput input, Dropout dropout) {
        this(config, stages, input, dropout, 0, input.ids());
    }

    /**
     * The same pass from a stage on.
     *
     * @param below what the stage below made of the batch, (N, H)
     */
    public ForwardPass from(int stage, NDArray below) {
        return new ForwardPass(config, stages, input, dropout, stage, below);
    }

    /** The stage it begins with. */
    public int first() {
        return first;
    }

    /** The number of stages: embeddings, layers, what stands above them, and the head. */
    public int stages() {
        return stages.size();
    }

    /** What a stage reads. */
    public Set<String> parameters(int stage) {
        return stages.get(stage).parameters();
    }

    /** What the stage it begins with takes: the word pieces, (N), or what the stage below made, (N, H). */
    public NDArray start() {
        return start;
    }

    /**
     * Computes one stage.
     *
     * @param below what the stage below made; {@link #start} for the first one
     * @param ops in whose scope the result is
     * @return hidden states (N, H); of the last stage the logits, (B, outputs), (B, T, outputs) or (B, choices)
     */
    public NDArray compute(int stage, NDArray below, Ops ops) {
        return dropout.dropsIn(stage)
                ? ops.seeded(
                        dropout.seed() + stage,
                        () -> compute(stage, below, ops, true, config.hiddenDropout(), config.attentionDropout()))
                : compute(stage, below, ops, false, 0, 0);
    }

    private NDArray compute(
            int stage, NDArray below, Ops ops, boolean training, double hiddenDropout, double attentionDropout) {
        return ops.scoped(inner -> stages.get(stage)
                .forward()
                .apply(
                        below,
                        input,
                        new LayerContext(inner, input.layout(), training, hiddenDropout, attentionDropout)));
    }

    /** The logits. */
    public NDArray logits(Ops ops) {
        NDArray h = start;
        for (int stage = first; stage < stages.size(); stage++) {
            NDArray above = compute(stage, h, ops);
            if (stage > first) {
                h.close(); // only the handle: what autograd needs of it stays in its graph
            }
            h = above;
        }
        return h;
    }
}
