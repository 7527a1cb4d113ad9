package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Prompt;
import dev.palette.adapter.Sublayer;
import dev.palette.kernel.Layout;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** The encoder as one task sees it: with the task's adapters in its layers and above them, and the pooler. */
final class TaskEncoder {
    private final BertConfig config;
    private final BertParameters names;
    private final UnaryOperator<String> own;
    private final int promptLength;
    private final List<Stage> stages;

    private TaskEncoder(
            BertConfig config, BertParameters names, UnaryOperator<String> own, int promptLength, List<Stage> stages) {
        this.promptLength = promptLength;
        this.config = config;
        this.names = names;
        this.own = own;
        this.stages = stages;
    }

    /** The pretrained encoder as it is. */
    static TaskEncoder alone(BertConfig config, ParameterSource p) {
        BertEncoder encoder = new BertEncoder(config, BertParameters.SHARED, UnaryOperator.identity(), p);
        List<Stage> stages = new ArrayList<>(List.of(encoder.embeddings(none -> null)));
        for (int i = 0; i < config.layers(); i++) {
            stages.add(encoder.layer(i, none -> LayerAdapter.NONE));
        }
        return new TaskEncoder(config, BertParameters.SHARED, UnaryOperator.identity(), 0, stages);
    }

    /** A task's; the tasks share the encoder unless the adapter has it otherwise. */
    static TaskEncoder of(
            BertConfig config, Adapter adapter, Collection<String> tasks, String task, ParameterSource p) {
        BertParameters names = BertParameters.of(adapter, tasks, task);
        UnaryOperator<String> own = parameter -> adapter.inPlaceOf(parameter, task);
        BertEncoder encoder = new BertEncoder(config, names, own, p);
        List<Stage> stages = new ArrayList<>(List.of(encoder.embeddings(source -> adapter.prompt(task, source))));
        for (int i = 0; i < config.layers(); i++) {
            int layer = i;
            stages.add(encoder.layer(layer, source -> adapter.inLayer(layer, task, source)));
        }
        Stage.Lookups ofTop = new Stage.Lookups(p);
        Sublayer top = adapter.onTop(config, task, ofTop);
        if (top != null) {
            stages.add(ofTop.stage((h, input, c) -> top.apply(h, c)));
        }
        Prompt prompt = adapter.prompt(task, p);
        return new TaskEncoder(config, names, own, prompt == null ? 0 : prompt.length(), stages);
    }

    /** Embeddings, layers, and what stands above them: (N) → (N, H). */
    List<Stage> stages() {
        return stages;
    }

    /** A batch with room for the task's prompt, if it has one. */
    ModelInput prompted(ModelInput input) {
        return promptLength == 0 ? input : input.prompted(promptLength);
    }

    /** The dense layer on the vector at [CLS]. */
    Linear pooler(ParameterSource p) {
        return p.under(own).linear(names.pooler(config));
    }

    /** What the heads see of the whole: (N, H) → (S, H). */
    static NDArray pool(NDArray h, Layout layout, Linear pooler, Ops ops) {
        return ops.tanh(ops.linear(ops.first(h, layout), pooler));
    }

    /** Everything on the way, without dropout. */
    EncoderOutput output(ModelInput pieces, ParameterSource p, Ops ops) {
        ModelInput input = prompted(pieces);
        ForwardPass pass = new ForwardPass(config, stages, input, Dropout.OFF);
        List<NDArray> outputs = new ArrayList<>();
        NDArray h = pass.start();
        for (int stage = 0; stage < pass.stages(); stage++) {
            h = pass.compute(stage, h, ops);
            outputs.add(ops.padded(h, input.layout(), 0)); // (S, T, H)
        }
        return new EncoderOutput(
                outputs.get(0),
                outputs.subList(1, 1 + config.layers()),
                outputs.get(outputs.size() - 1),
                pool(h, input.layout(), pooler(p), ops));
    }
}
