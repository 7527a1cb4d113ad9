package dev.palette.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.model.Freeze;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.StartingWeights;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.BertConfigFile;
import dev.palette.execution.KernelMemory;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Padding;
import dev.palette.train.Precision;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a specification asks for, in Palette's terms: the one place of the benchmark that follows Palette when it changes.
 *
 * @param spec a JSON object; see {@code measures.py}
 */
record Palette(JsonNode spec) {
    private static final long SEED = 1;

    /** The engine, with the kernel that Palette itself would choose, and remember. */
    Kernel open() {
        KernelMemory memory = new KernelMemory(Path.of(spec.path("cache").asText()), Kernel::measure);
        return Kernel.open(memory.fastest(
                precision().products(Device.CPU), spec.path("threads").asInt(1), Device.CPU));
    }

    /** The tasks, in order. */
    List<TokenTask> tasks() {
        List<TokenTask> tasks = new ArrayList<>();
        spec.path("tasks").forEach(task -> tasks.add(TokenTask.of(task)));
        return tasks;
    }

    /** The encoder's sizes. */
    BertConfig config() {
        return BertConfigFile.of(file("config.json"), BertConfigFile.tree(file("config.json")));
    }

    /** Encoder, adapters and heads at the start of training. */
    ModelParameters parameters(Kernel kernel) throws IOException {
        try (SafetensorsFile weights = SafetensorsFile.open(file("model.safetensors"))) {
            return new ModelParameters(
                    MultiTaskModel.parameters(config(), adapter(), heads()),
                    new StartingWeights(weights, streams()),
                    kernel.memory(),
                    freeze());
        }
    }

    /** The model over its parameters. */
    MultiTaskModel model(ModelParameters parameters) {
        return new MultiTaskModel(config(), adapter(), heads(), parameters);
    }

    /** The plan: far more steps than are ever taken, so that none is the last. */
    Training training() {
        return new Training.Options()
                .steps(1_000_000)
                .batchSize(spec.path("batchSize").asInt())
                .maxLength(config().positions())
                .padding(padding())
                .precision(precision())
                .freeze(freeze())
                .cacheFrozen(spec.path("cacheFrozen").asBoolean())
                .recompute(spec.path("recompute").asBoolean())
                .evaluate(new EvaluationPlan.Options()
                        .selectOn(new Selection.Nothing())
                        .build())
                .build();
    }

    /** The random streams of the one seed that is measured. */
    RandomStreams streams() {
        return new RandomStreams(SEED);
    }

    private Precision precision() {
        return Precision.valueOf(word("precision", "fp32"));
    }

    private Padding padding() {
        return Padding.valueOf(word("padding", "packed"));
    }

    private Freeze freeze() {
        return Map.of("NONE", Freeze.none(), "ENCODER", Freeze.encoder(), "PRETRAINED", Freeze.pretrained())
                .get(word("freeze", "none"));
    }

    private String word(String key, String otherwise) {
        return spec.path(key).asText(otherwise).toUpperCase(Locale.ROOT);
    }

    private Map<String, Head> heads() {
        Map<String, Head> heads = new LinkedHashMap<>();
        tasks().forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }

    private Adapter adapter() {
        if (spec.path("adapter").isObject()) {
            return described(spec.path("adapter"));
        }
        JsonNode size = spec.path("adapterSize");
        List<Integer> layers = layers();
        return switch (spec.path("adapter").asText("shared")) {
            case "shared" -> new Shared();
            case "pal" -> new Pal(size.asInt(), spec.path("adapterHeads").asInt(), true, layers);
            case "lowRank" -> new LowRank(size.asInt(), layers);
            default -> throw new IllegalArgumentException("no adapter is called " + spec.path("adapter"));
        };
    }

    /** An adapter as trials have it in their JSON. */
    private static Adapter described(JsonNode json) {
        try {
            return StrictJson.mapper(Vocabulary.installed()).treeToValue(json, Adapter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no adapter: " + e.getMessage(), e);
        }
    }

    /** The layers that have an adapter: the topmost ones, where a number of them is given; none stand for all. */
    private List<Integer> layers() {
        int count = config().layers();
        int top = spec.path("adapterTopLayers").asInt(0);
        return top == 0 ? List.of() : IntStream.range(count - top, count).boxed().toList();
    }

    private Path file(String name) {
        return Path.of(spec.path("encoder").asText()).resolve(name);
    }
}
