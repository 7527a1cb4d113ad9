package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.LayerAdapter;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.adapter.Sublayer;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The encoder as one task sees it: with the task's adapters in its layers and above them, and the pooler. */
final class TaskEncoder {
    private final BertEncoder encoder;
    private final List<LayerAdapter> adapters;
    private final @Nullable Sublayer top;
    private final Linear pooler;

    private TaskEncoder(BertEncoder encoder, List<LayerAdapter> adapters, @Nullable Sublayer top, Linear pooler) {
        this.encoder = encoder;
        this.adapters = adapters;
        this.top = top;
        this.pooler = pooler;
    }

    /** The pretrained encoder as it is. */
    static TaskEncoder alone(BertConfig config, ParameterSource p) {
        BertParameters names = BertParameters.SHARED;
        return new TaskEncoder(
                new BertEncoder(config, names, p),
                Collections.nCopies(config.layers(), LayerAdapter.NONE),
                null,
                p.linear(names.pooler()));
    }

    /** One for each task; they share the encoder unless the adapter has it otherwise. */
    static Map<String, TaskEncoder> of(
            BertConfig config, Adapter adapter, Collection<String> tasks, ParameterSource p) {
        Map<BertParameters, BertEncoder> encoders = new LinkedHashMap<>();
        Map<String, TaskEncoder> byTask = new LinkedHashMap<>();
        for (String task : tasks) {
            BertParameters names = BertParameters.of(adapter, tasks, task);
            List<LayerAdapter> inLayers = IntStream.range(0, config.layers())
                    .mapToObj(layer -> adapter.inLayer(layer, task, p))
                    .toList();
            byTask.put(
                    task,
                    new TaskEncoder(
                            encoders.computeIfAbsent(names, n -> new BertEncoder(config, n, p)),
                            inLayers,
                            adapter.onTop(config, task, p),
                            p.linear(names.pooler())));
        }
        return byTask;
    }

    /** What the heads see of every position, (B, T, H). */
    NDArray sequence(ModelInput input, LayerContext c) {
        NDArray h = encoder.forward(input, adapters, c); // (B, T, H)
        return top(h, c);
    }

    /** What the heads see of the whole: tanh of a dense layer on the vector at [CLS], (B, T, H) → (B, H). */
    NDArray pool(NDArray h, Ops ops) {
        return ops.tanh(ops.linear(ops.first(h), pooler));
    }

    /** Everything on the way. */
    EncoderOutput output(ModelInput input, LayerContext c) {
        NDArray embedded = encoder.embed(input, c);
        List<NDArray> layers = new ArrayList<>();
        NDArray h = embedded;
        for (int i = 0; i < adapters.size(); i++) {
            h = encoder.layer(i, h, adapters.get(i), c);
            layers.add(h);
        }
        NDArray sequence = top(h, c);
        return new EncoderOutput(embedded, layers, sequence, pool(sequence, c.ops()));
    }

    private NDArray top(NDArray h, LayerContext c) {
        return top == null ? h : top.apply(h, c);
    }
}
