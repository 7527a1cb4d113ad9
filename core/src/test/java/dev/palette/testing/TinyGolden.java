package dev.palette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.pretrained.BertConfig;
import dev.palette.task.Head;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A tiny model of the original code: its configuration, weights, batch, and what it computed. */
public final class TinyGolden {
    private static final Pattern PAL_ATTENTION =
            Pattern.compile("bert\\.encoder\\.layer\\.(\\d+)\\.multi_layers\\.(\\d+)\\.attn\\.(.+)");
    private static final Pattern PAL_PROJECTION =
            Pattern.compile("bert\\.encoder\\.layer\\.0\\.multi_layers\\.(\\d+)\\.aug_dense(2?)\\.(.+)");

    private final JsonNode json;

    private TinyGolden(JsonNode json) {
        this.json = json;
    }

    public static TinyGolden read(String variant) throws IOException {
        return new TinyGolden(Golden.read("tiny_" + variant + ".json.gz"));
    }

    public JsonNode json() {
        return json;
    }

    public BertConfig config() {
        JsonNode c = json.get("config");
        return new BertConfig(
                c.get("vocab_size").asInt(),
                c.get("hidden_size").asInt(),
                c.get("num_hidden_layers").asInt(),
                c.get("num_attention_heads").asInt(),
                c.get("intermediate_size").asInt(),
                c.get("max_position_embeddings").asInt(),
                c.get("type_vocab_size").asInt(),
                0,
                0,
                1e-12);
    }

    public Adapter adapter() {
        JsonNode size = json.get("config").get("hidden_size_aug");
        return json.get("config").has("mult") ? new Pal(size.asInt(), 6) : new Shared();
    }

    public List<String> tasks() {
        return IntStream.range(0, json.get("task_names").size())
                .mapToObj(i -> json.get("task_names").get(i).asText())
                .toList();
    }

    public Map<String, Head> heads() {
        Map<String, Head> heads = new LinkedHashMap<>();
        for (int i = 0; i < tasks().size(); i++) {
            heads.put(
                    tasks().get(i),
                    new Head.Sequence(json.get("num_labels").get(i).asInt()));
        }
        return heads;
    }

    /** The starting value of one of our parameters. */
    public TensorData weight(Declaration declaration) {
        Map<String, JsonNode> byOurName = renamed(json.get("weights"));
        JsonNode tensor = byOurName.get(declaration.name());
        long[] shape = IntStream.range(0, tensor.get("shape").size())
                .mapToLong(i -> tensor.get("shape").get(i).asLong())
                .toArray();
        return TensorData.ofFloats(declaration.name(), Golden.floats(tensor.get("data")), shape);
    }

    /** An object keyed by the original's parameter names, keyed by ours. */
    public Map<String, JsonNode> renamed(JsonNode byName) {
        Map<String, JsonNode> ours = new LinkedHashMap<>();
        byName.fields().forEachRemaining(e -> ours.put(ourName(e.getKey()), e.getValue()));
        return ours;
    }

    private String ourName(String name) {
        Matcher attention = PAL_ATTENTION.matcher(name);
        if (attention.matches()) {
            return "adapter.pal.%s.layer.%s.%s"
                    .formatted(
                            tasks().get(Integer.parseInt(attention.group(2))), attention.group(1), attention.group(3));
        }
        Matcher projection = PAL_PROJECTION.matcher(name);
        if (projection.matches()) {
            return "adapter.pal.%s.%s.%s"
                    .formatted(
                            tasks().get(Integer.parseInt(projection.group(1))),
                            projection.group(2).isEmpty() ? "down" : "up",
                            projection.group(3));
        }
        if (name.startsWith("classifier.")) {
            String[] parts = name.split("\\.");
            return "head." + tasks().get(Integer.parseInt(parts[1])) + "." + parts[2];
        }
        return name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias");
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
        return longs(json.get("inputs").get("input_ids"));
    }

    public long[] types() {
        return longs(json.get("inputs").get("token_type_ids"));
    }

    /** Tokens of each row: the masks are runs of ones. */
    public int[] lengths() {
        JsonNode mask = json.get("inputs").get("attention_mask");
        return IntStream.range(0, mask.size())
                .map(r -> IntStream.range(0, mask.get(r).size())
                        .map(c -> mask.get(r).get(c).asInt())
                        .sum())
                .toArray();
    }

    public float[] labels(int task) {
        return Golden.floats(json.get("labels").get(String.valueOf(task)));
    }

    /** Ten times how far the original's float32 run is from float64. */
    public float tolerance(String what) {
        return 10
                * (float) json.get("max_abs_difference_from_a_float64_run")
                        .get(what)
                        .asDouble();
    }
}
