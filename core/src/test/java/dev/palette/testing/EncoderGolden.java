package dev.palette.testing;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.model.ModelInput;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A tiny encoder of some family, and what {@code transformers} computes with it: see {@code src/bench/golden/encoders.py}. */
public record EncoderGolden(String family, JsonNode expected) {
    /** The families that there are files of and that are computed here. */
    public static final List<String> FAMILIES =
            List.of("bert_cased", "minilm", "roberta", "distilbert", "electra", "modernbert", "deberta");

    /** The width of all of them. */
    public static final int HIDDEN = 24;

    /** What a family calls otherwise, of the weights whose gradients are compared. */
    private static final Map<String, Map<String, String>> NAMES = Map.of(
            "distilbert",
            Map.of(
                    "transformer.layer", "encoder.layer",
                    "attention.q_lin", "attention.self.query",
                    "ffn.lin2", "output.dense"),
            "deberta",
            Map.of("_proj.", "."),
            "modernbert",
            Map.of(
                    "embeddings.tok_embeddings", "embeddings.word_embeddings",
                    "layers.", "encoder.layer.",
                    "attn.Wo", "attention.output.dense",
                    "mlp.Wo", "output.dense",
                    "mlp_norm", "intermediate.LayerNorm"));

    public static EncoderGolden read(String family) throws IOException {
        return new EncoderGolden(family, Golden.read(Golden.find("encoders/" + family + "/expected.json")));
    }

    /** The directory as transformers wrote it. */
    public Path directory() {
        return Golden.find("encoders/" + family);
    }

    public EncoderFiles resolve(Path cache) {
        return new EncoderStore(cache, DownloadProgress.SILENT)
                .resolve(new EncoderSource.Directory(directory().toString()));
    }

    public int[] lengths() {
        return IntStream.range(0, expected.get("lengths").size())
                .map(i -> expected.get("lengths").get(i).asInt())
                .toArray();
    }

    public ModelInput packed(NDManager scope) {
        return ModelInput.packed(scope, longs("ids"), longs("types"), lengths());
    }

    public ModelInput padded(NDManager scope) {
        return ModelInput.padded(scope, longs("ids"), longs("types"), lengths());
    }

    /** Weights by their names here, each with the gradient that transformers finds. */
    public List<Map.Entry<String, float[]>> gradients() {
        return expected.get("gradients").properties().stream()
                .map(entry -> Map.entry(ours(entry.getKey()), values(entry.getValue())))
                .toList();
    }

    /** The hidden states below and after each layer, (S, T, H), zero at padding. */
    public List<float[]> hidden() {
        return IntStream.range(0, expected.get("hidden").size())
                .mapToObj(i -> values(expected.get("hidden").get(i)))
                .toList();
    }

    public boolean hasPooled() {
        return !expected.get("pooled").isNull();
    }

    /** (S, H). */
    public float[] pooled() {
        return values(expected.get("pooled"));
    }

    /** The gradient of the last layer's output, (S, T, H), zero at padding. */
    public float[] upstream() {
        int[] lengths = lengths();
        int width = expected.get("ids").size() / lengths.length;
        float[] upstream = new float[lengths.length * width * HIDDEN];
        for (int i = 0; i < upstream.length; i++) {
            int s = i / HIDDEN / width;
            int t = i / HIDDEN % width;
            int h = i % HIDDEN;
            upstream[i] = t < lengths[s] ? ((s * 7 + t * 5 + h * 3) % 11 - 5) / 10f : 0;
        }
        return upstream;
    }

    private String ours(String name) {
        String here = name;
        for (Map.Entry<String, String> part :
                NAMES.getOrDefault(family, Map.of()).entrySet()) {
            here = here.replace(part.getKey(), part.getValue());
        }
        return "bert." + here;
    }

    private long[] longs(String name) {
        return IntStream.range(0, expected.get(name).size())
                .mapToLong(i -> expected.get(name).get(i).asLong())
                .toArray();
    }

    private static float[] values(JsonNode tensor) {
        return Golden.floats(tensor.get("data"));
    }
}
