package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.LayerContext;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One encoder for many tasks: adapters in its layers and above them, a pooler, and a linear head for each task (Stickland &amp;
 * Murray 2019, §3). Holds no weights of its own; it looks them up once, and sees in-place updates.
 */
public final class MultiTaskModel {
    private static final String HEAD = "head.";

    private final BertConfig config;
    private final Map<String, TaskEncoder> encoders;
    private final Map<String, TaskHead> heads = new LinkedHashMap<>();

    /**
     * The model over given parameters.
     *
     * @param heads what each task's head gives, by task
     */
    public MultiTaskModel(BertConfig config, Adapter adapter, Map<String, Head> heads, ParameterSource parameters) {
        this.config = config;
        encoders = TaskEncoder.of(config, adapter, heads.keySet(), parameters);
        heads.forEach((task, head) -> this.heads.put(task, new TaskHead(head, parameters.linear(head(task)))));
    }

    /** Every parameter of such a model: encoder (one a task where tasks share none), adapters, heads. */
    public static List<Declaration> parameters(BertConfig config, Adapter adapter, Map<String, Head> heads) {
        List<String> tasks = List.copyOf(heads.keySet());
        List<Declaration> all = new ArrayList<>();
        BertParameters.all(adapter, tasks).forEach(names -> all.addAll(names.declarations(config)));
        all.addAll(adapter.parameters(config, tasks));
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
        TaskEncoder encoder = ofTask(task, encoders);
        NDArray h = encoder.sequence(input, c); // (B, T, H)
        TaskHead head = ofTask(task, heads);
        return head.readsEveryPosition() ? head.ofTokens(h, ops) : head.ofPooled(encoder.pool(h, ops), dropout, ops);
    }

    /** Whether a task's output hangs on one of the parameters in play: a head that reads every position has no use for the pooler. */
    public boolean reads(String task, String parameter) {
        return !(ofTask(task, heads).readsEveryPosition() && BertParameters.isPooler(parameter));
    }

    /** What the encoder makes of a batch for a task, layer by layer, without dropout and without the head. */
    public EncoderOutput encode(ModelInput input, String task, Ops ops) {
        return ofTask(task, encoders).output(input, new LayerContext(ops, input.mask(), 0, 0));
    }

    private static <T> T ofTask(String task, Map<String, T> byTask) {
        T found = byTask.get(task);
        if (found == null) {
            throw new IllegalArgumentException("the model has no task " + task + "; it has " + byTask.keySet());
        }
        return found;
    }

    /** Whether a parameter belongs to a head. */
    static boolean isHead(String parameter) {
        return parameter.startsWith(HEAD);
    }

    private static String head(String task) {
        return HEAD + task;
    }
}
