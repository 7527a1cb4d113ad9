package dev.palette.model;

import ai.djl.ndarray.NDArray;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.ParameterSource;
import dev.palette.kernel.Linear;
import dev.palette.kernel.Ops;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
    private final ParameterSource parameters;
    private final Map<String, TaskEncoder> encoders = new LinkedHashMap<>();
    private final Map<String, List<Stage>> stages = new LinkedHashMap<>();

    /**
     * The model over given parameters.
     *
     * @param heads what each task's head gives, by task
     */
    public MultiTaskModel(BertConfig config, Adapter adapter, Map<String, Head> heads, ParameterSource parameters) {
        this.config = config;
        this.parameters = parameters;
        heads.forEach((task, head) -> {
            TaskEncoder encoder = TaskEncoder.of(config, adapter, heads.keySet(), task, parameters);
            List<Stage> ofTask = new ArrayList<>(encoder.stages());
            ofTask.add(head(task, head, encoder));
            encoders.put(task, encoder);
            stages.put(task, List.copyOf(ofTask));
        });
    }

    private Stage head(String task, Head head, TaskEncoder encoder) {
        Stage.Lookups p = new Stage.Lookups(parameters);
        TaskHead layer = new TaskHead(head, p.linear(head(task)));
        if (layer.readsEveryPosition()) {
            return p.stage((h, input, c) -> layer.ofTokens(h, input.layout(), c.ops()));
        }
        Linear pooler = encoder.pooler(p);
        return p.stage((h, input, c) -> {
            NDArray pooled = TaskEncoder.pool(h, input.layout(), pooler, c.ops()); // (S, H)
            return layer.ofPooled(pooled, c.hiddenDropout(), c.ops());
        });
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

    /** The width of hidden states, H. */
    public int hiddenSize() {
        return config.hiddenSize();
    }

    /** A batch's way to a task's logits. */
    public ForwardPass pass(ModelInput input, String task, Dropout dropout) {
        return new ForwardPass(
                config, ofTask(task, stages), ofTask(task, encoders).prompted(input), dropout);
    }

    /** Whether a task's logits hang on a parameter: a head that reads every position has no use for the pooler. */
    public boolean reads(String task, String parameter) {
        return ofTask(task, stages).stream()
                .anyMatch(stage -> stage.parameters().contains(parameter));
    }

    /**
     * The number of stages, from the first, that read none of the parameters that are trained: no gradient reaches them, and what they
     * make of an example stays the same.
     */
    public int stagesBelow(String task, Collection<String> trained) {
        int stage = 0;
        for (Stage next : ofTask(task, stages)) {
            if (!Collections.disjoint(next.parameters(), trained)) {
                return stage;
            }
            stage++;
        }
        return stage;
    }

    /** What the encoder makes of a batch for a task, layer by layer, without dropout and without the head. */
    public EncoderOutput encode(ModelInput input, String task, Ops ops) {
        return ofTask(task, encoders).output(input, parameters, ops);
    }

    private static <T> T ofTask(String task, Map<String, T> byTask) {
        T found = byTask.get(task);
        if (found == null) {
            throw new IllegalArgumentException("the model has no task " + task + "; it has " + byTask.keySet());
        }
        return found;
    }

    /** Whether a parameter is the pretrained encoder's, and no adapter's or head's. */
    public static boolean isOfEncoder(String parameter) {
        return BertParameters.pretrainedName(parameter) != null;
    }

    /** Whether a parameter belongs to a head. */
    static boolean isHead(String parameter) {
        return parameter.startsWith(HEAD);
    }

    private static String head(String task) {
        return HEAD + task;
    }
}
