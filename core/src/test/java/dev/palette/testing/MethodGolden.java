package dev.palette.testing;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.model.Freeze;
import dev.palette.model.ModelInput;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@code peft} or {@code adapters} computed with one adapter in a tiny BERT: see {@code src/bench/golden/methods.py}. */
public final class MethodGolden {
    public static final String TASK = "mrpc";
    public static final BertConfig CONFIG = new BertConfig(60, 24, 2, 4, 40, 14, 2, 0, 0, 1e-12);

    private static final String FOLDER = "adapters/";

    private final JsonNode json;
    private final JsonNode batch;

    private MethodGolden(JsonNode json, JsonNode batch) {
        this.json = json;
        this.batch = batch;
    }

    public static MethodGolden read(String method) throws IOException {
        return new MethodGolden(
                Golden.read(Golden.find(FOLDER + method + ".json")), Golden.read(FOLDER + "batch.json"));
    }

    public static Map<String, Head> heads() {
        return Map.of(TASK, new Head.Sequence(3));
    }

    /** The encoder's weights, and the adapter's and the head's starting values. */
    public ModelParameters parameters(Adapter adapter, NDManager memory) {
        try (SafetensorsFile encoder = SafetensorsFile.open(Golden.find(FOLDER + "encoder.safetensors"))) {
            return new ModelParameters(
                    MultiTaskModel.parameters(CONFIG, adapter, heads()),
                    declaration -> value(declaration, encoder),
                    memory,
                    Freeze.pretrained());
        }
    }

    private TensorData value(Declaration declaration, SafetensorsFile encoder) {
        if (encoder.names().contains(declaration.name())) {
            return encoder.tensor(declaration.name());
        }
        JsonNode tensor = tensor(json.path("given").has(declaration.name()) ? "given" : "weights", declaration.name());
        return TensorData.ofFloats(declaration.name(), Golden.floats(tensor.get("data")), shape(tensor));
    }

    /** The tensor of one parameter. */
    private JsonNode tensor(String what, String name) {
        JsonNode tensor = json.get(what).get(name);
        if (tensor == null) {
            throw new AssertionError(
                    "the file has no %s of %s, but of %s".formatted(what, name, List.copyOf(names(json.get(what)))));
        }
        return tensor;
    }

    /** The values of one parameter: {@code weights}, {@code gradients} or {@code after_three_steps}. */
    public float[] values(String what, String name) {
        return Golden.floats(tensor(what, name).get("data"));
    }

    /** The shape of one parameter. */
    public long[] shape(String what, String name) {
        return shape(tensor(what, name));
    }

    /** What was computed of the whole batch: {@code logits}, {@code sequence_output}. */
    public float[] values(String what) {
        return Golden.floats(json.get(what).get("data"));
    }

    /** A number: {@code loss}, {@code rate}, {@code weight_decay}. */
    public double number(String what) {
        return json.get(what).asDouble();
    }

    /** The trained parameters' names. */
    public List<String> trained() {
        return names(json.get("weights"));
    }

    public ModelInput input(NDManager scope) {
        JsonNode inputs = batch.get("inputs");
        return ModelInput.padded(scope, rows(inputs.get("input_ids")), rows(inputs.get("token_type_ids")), lengths());
    }

    public ModelInput packed(NDManager scope) {
        JsonNode inputs = batch.get("inputs");
        return ModelInput.packed(scope, rows(inputs.get("input_ids")), rows(inputs.get("token_type_ids")), lengths());
    }

    /** Word pieces of each row: the masks are runs of ones. */
    public int[] lengths() {
        JsonNode mask = batch.get("inputs").get("attention_mask");
        return IntStream.range(0, mask.size())
                .map(row -> (int) IntStream.range(0, mask.get(row).size())
                        .filter(column -> mask.get(row).get(column).asInt() == 1)
                        .count())
                .toArray();
    }

    public long[] labels() {
        return IntStream.range(0, batch.get("labels").size())
                .mapToLong(row -> batch.get("labels").get(row).asLong())
                .toArray();
    }

    private static long[] shape(JsonNode tensor) {
        return IntStream.range(0, tensor.get("shape").size())
                .mapToLong(axis -> tensor.get("shape").get(axis).asLong())
                .toArray();
    }

    private static long[] rows(JsonNode rows) {
        return TinyGolden.longs(rows);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
