package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One encoder for many tasks: adapters in its layers, a pooler, and a linear head for each task (Stickland &amp; Murray 2019, §3).
 * Holds no weights of its own; it looks them up once, and sees in-place updates.
 */
public final class MultiTaskModel {
    private final BertConfig config;
    private final BertEncoder encoder;
    private final Linear pooler;
    private final Map<String, TaskHead> heads = new LinkedHashMap<>();
    private final Map<String, List<LayerAdapter>> adapters = new LinkedHashMap<>();

    /**
     * The model over given parameters.
     *
     * @param heads what each task's head gives, by task
     */
    public MultiTaskModel(BertConfig config, Adapter adapter, Map<String, Head> heads, ParameterSource parameters) {
        this.config = config;
        encoder = new BertEncoder(config, parameters);
        pooler = parameters.linear(BertParameters.POOLER);
        heads.forEach((task, head) -> {
            this.heads.put(task, new TaskHead(head, parameters.linear(head(task))));
            adapters.put(
                    task,
                    IntStream.range(0, config.layers())
                            .mapToObj(layer -> adapter.inLayer(layer, task, parameters))
                            .toList());
        });
    }

    /** Every parameter of such a model: encoder, adapters, heads. */
    public static List<Declaration> parameters(BertConfig config, Adapter adapter, Map<String, Head> heads) {
        List<Declaration> all = new ArrayList<>(BertParameters.of(config));
        all.addAll(adapter.parameters(config, List.copyOf(heads.keySet())));
        heads.forEach(
                (task, head) -> all.addAll(Declaration.linear(head(task), config.hiddenSize(), head.width(), task)));
        return all;
    }

    /**
     * What a task's head says of a batch.
     *
     * @param training whether dropout is on
     * @return (B, outputs), (B, T, outputs) or (B, choices), as the task's {@link Head} says
     */
    public NDArray logits(ModelInput input, String task, boolean training, Ops ops) {
        double dropout = training ? config.hiddenDropout() : 0;
        double attentionDropout = training ? config.attentionDropout() : 0;
        LayerContext c = new LayerContext(ops, input.mask(), dropout, attentionDropout);
        NDArray h = encoder.forward(input, ofTask(task, adapters), c); // (B, T, H)
        TaskHead head = ofTask(task, heads);
        return head.readsEveryPosition() ? head.ofTokens(h, ops) : head.ofPooled(pool(h, ops), dropout, ops);
    }

    /** Output of the embeddings and of each layer, without dropout: L + 1 tensors (B, T, H). */
    List<NDArray> states(ModelInput input, String task, Ops ops) {
        LayerContext c = new LayerContext(ops, input.mask(), 0, 0);
        NDArray h = encoder.embed(input, c);
        List<NDArray> states = new ArrayList<>(List.of(h));
        List<LayerAdapter> ofLayers = ofTask(task, adapters);
        for (int i = 0; i < ofLayers.size(); i++) {
            h = encoder.layer(i, h, ofLayers.get(i), c);
            states.add(h);
        }
        return states;
    }

    /** tanh of a dense layer on the vector at [CLS]: (B, T, H) → (B, H). */
    NDArray pool(NDArray h, Ops ops) {
        return ops.tanh(ops.linear(ops.first(h), pooler));
    }

    private static <T> T ofTask(String task, Map<String, T> byTask) {
        T found = byTask.get(task);
        if (found == null) {
            throw new IllegalArgumentException("the model has no task " + task + "; it has " + byTask.keySet());
        }
        return found;
    }

    private static String head(String task) {
        return "head." + task;
    }
}
