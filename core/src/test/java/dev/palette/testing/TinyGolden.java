package dev.palette.testing;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Architecture;
import dev.palette.adapter.Declaration;
import dev.palette.model.Freeze;
import dev.palette.model.ModelParameters;
import dev.palette.model.ModelPart;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.OriginalNames;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import dev.palette.tensor.TensorData;
import dev.palette.train.ParameterGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A tiny model of the original code: its configuration, weights, batch, and what it computed. Which variant it is the file's
 * {@code config} says. The files of other ways to train ({@code freeze}, {@code split}) hold steps only, and name the file that holds
 * the rest.
 */
public final class TinyGolden {
    private static final String BASE = "weights_and_inputs_from";
    private static final double SPLIT_RATE = 3e-4;

    private final String name;
    private final JsonNode own;
    private final JsonNode base;
    private final Architecture architecture;
    private final OriginalNames names;

    private TinyGolden(Path file) throws IOException {
        name = file.getFileName().toString();
        own = Golden.read(file);
        base = own.has(BASE) ? Golden.read(Golden.find(own.get(BASE).asText())) : own;
        architecture = Architecture.of(file, base.get("config"));
        names = new OriginalNames(declarations(), tasks(), OriginalNames.Model.MULTI_TASK);
    }

    /** The file's model. */
    public static TinyGolden read(Path file) throws IOException {
        return new TinyGolden(file);
    }

    /** Every file in use. */
    public static Stream<Path> files() {
        return Golden.files("tiny_").stream();
    }

    /** What every variant has: {@code config}, {@code weights}, {@code forward}, {@code gradients} and so on. */
    public JsonNode json() {
        return base;
    }

    /** What was computed step by step. */
    public JsonNode steps() {
        return own.get("steps");
    }

    /** Whether the encoder was frozen: then not every parameter is listed as trainable. */
    public Freeze freeze() {
        JsonNode trainable = own.path("trainable");
        boolean frozen = name.contains("freeze")
                || (trainable.isArray() && trainable.size() < declarations().size());
        return frozen ? Freeze.encoder() : Freeze.none();
    }

    /** What the original trained, under our names; empty where the file doesn't say. */
    public Optional<List<String>> trainable() {
        if (!own.has("trainable")) {
            return Optional.empty();
        }
        List<String> ours = new ArrayList<>();
        own.get("trainable")
                .forEach(original -> ours.add(names.ours(original.asText()).orElseThrow()));
        return Optional.of(ours);
    }

    /** The small attention in PALs, where it has a rate of its own. */
    public List<ParameterGroup> groups() {
        return name.contains("split")
                ? List.of(
                        ParameterGroup.of(g -> g.parts(ModelPart.PAL_ATTENTION).learningRate(SPLIT_RATE)))
                : List.of();
    }

    public BertConfig config() {
        return architecture.encoder();
    }

    public Adapter adapter() {
        return architecture.adapter();
    }

    public List<String> tasks() {
        return IntStream.range(0, base.get("task_names").size())
                .mapToObj(i -> base.get("task_names").get(i).asText())
                .toList();
    }

    public Map<String, Head> heads() {
        Map<String, Head> heads = new LinkedHashMap<>();
        for (int i = 0; i < tasks().size(); i++) {
            heads.put(
                    tasks().get(i),
                    new Head.Sequence(base.get("num_labels").get(i).asInt()));
        }
        return heads;
    }

    public List<Declaration> declarations() {
        return MultiTaskModel.parameters(config(), adapter(), heads());
    }

    /** The parameters at their starting values. */
    public ModelParameters parameters(NDManager memory) {
        return new ModelParameters(declarations(), this::weight, memory, freeze());
    }

    private TensorData weight(Declaration declaration) {
        JsonNode tensor =
                base.get("weights").get(names.originals(declaration.name()).get(0));
        long[] shape = IntStream.range(0, tensor.get("shape").size())
                .mapToLong(i -> tensor.get("shape").get(i).asLong())
                .toArray();
        return TensorData.ofFloats(declaration.name(), Golden.floats(tensor.get("data")), shape);
    }

    /** Our names in both directions. */
    public OriginalNames names() {
        return names;
    }

    /** An object keyed by the original's parameter names, keyed by ours. */
    public Map<String, JsonNode> renamed(JsonNode byName) {
        Map<String, JsonNode> ours = new LinkedHashMap<>();
        byName.fields().forEachRemaining(e -> ours.put(names.ours(e.getKey()).orElseThrow(), e.getValue()));
        return ours;
    }

    /** Integers of a nested array, row after row. */
    public static long[] longs(JsonNode rows) {
        return IntStream.range(0, rows.size())
                .boxed()
                .flatMapToLong(r -> IntStream.range(0, rows.get(r).size())
                        .mapToLong(c -> rows.get(r).get(c).asLong()))
                .toArray();
    }

    public long[] ids() {
        return longs(base.get("inputs").get("input_ids"));
    }

    public long[] types() {
        return longs(base.get("inputs").get("token_type_ids"));
    }

    /** Tokens of each row: the masks are runs of ones. */
    public int[] lengths() {
        JsonNode mask = base.get("inputs").get("attention_mask");
        return IntStream.range(0, mask.size())
                .map(r -> IntStream.range(0, mask.get(r).size())
                        .map(c -> mask.get(r).get(c).asInt())
                        .sum())
                .toArray();
    }

    public float[] labels(int task) {
        return Golden.floats(base.get("labels").get(String.valueOf(task)));
    }

    /** Ten times how far the original's float32 run is from float64. */
    public float tolerance(String what) {
        return 10
                * (float) base.get("max_abs_difference_from_a_float64_run")
                        .get(what)
                        .asDouble();
    }
}
