package dev.palette.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.AdapterManifest;
import dev.palette.adapter.BitFit;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Bottleneck.Form;
import dev.palette.adapter.Common;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.HyperFormer;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.Lora;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.MtlLora;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Polytropon;
import dev.palette.adapter.PrefixTuning;
import dev.palette.adapter.Projection;
import dev.palette.adapter.PromptTuning;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.adapter.Trained;
import dev.palette.experiment.StrictJson;
import dev.palette.model.MultiTaskModel;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.RandomStreams;
import dev.palette.storage.FileTree;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Time and memory of one method's training step against the fully shared step, both of which train the encoder too: BERT-base's widths, 16
 * sequences of 64 word pieces, two tasks. The two models take turns in one process; a ratio is taken in each turn.
 *
 * <pre>MethodCost WORD [LAYERS [TURNS]]     a line: the word; the ratio of the least times, and of the turns the median, least and greatest; the
 *                                      peak memory of the method alone
 * MethodCost                           the words</pre>
 */
final class MethodCost {
    private static final int BATCH = 16;
    private static final int LENGTH = 64;
    private static final int VOCABULARY = 10_000;
    private static final List<String> TASKS = List.of("one", "two");

    private MethodCost() {}

    /** Measures one method. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.out.println(String.join(" ", methods(Path.of("adapters.safetensors")).keySet()));
            return;
        }
        int layers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
        int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        Path folder = Files.createTempDirectory("method-cost");
        try {
            BertConfig sizes = new BertConfig(VOCABULARY, 768, layers, 12, 3072, 512, 2, 0.1, 0.1, 1e-12);
            measure(arguments[0], sizes, turns, folder);
        } finally {
            FileTree.delete(folder);
        }
        System.exit(0); // the trainings wait for their next step
    }

    private static void measure(String word, BertConfig sizes, int turns, Path folder) throws Exception {
        encoder(folder, sizes);
        Path trained = folder.resolve("adapters.safetensors");
        bottlenecks(trained, sizes);
        Adapter method = methods(trained).get(word);
        TrainingSubject subject = new TrainingSubject(spec(folder, method));
        subject.settle();
        subject.settle();
        long peak = Memory.peak();
        TrainingSubject shared = new TrainingSubject(spec(folder, new Shared()));
        shared.settle();
        double[] ours = new double[turns];
        double[] others = new double[turns];
        for (int i = 0; i < turns; i++) {
            boolean first = i % 2 == 0;
            double one = seconds(first ? subject : shared);
            double two = seconds(first ? shared : subject);
            ours[i] = first ? one : two;
            others[i] = first ? two : one;
        }
        double[] ratios =
                IntStream.range(0, turns).mapToDouble(i -> ours[i] / others[i]).sorted().toArray();
        System.out.printf(
                "%-20s %.2f × the shared step by the least times, %.2f (%.2f to %.2f) by turns, %,d MB%n",
                word,
                Arrays.stream(ours).min().orElseThrow() / Arrays.stream(others).min().orElseThrow(),
                ratios[turns / 2],
                ratios[0],
                ratios[turns - 1],
                peak / 1_000_000);
    }

    private static double seconds(TrainingSubject subject) throws Exception {
        return subject.repeat().seconds();
    }

    private static Map<String, Adapter> methods(Path trained) {
        Map<String, Adapter> all = new LinkedHashMap<>();
        List<Adapter> chosen = List.of(
                new Shared(),
                new Pal(204, 6),
                new LowRank(100),
                new Houlsby(50),
                new Lhuc(),
                Lora.of(l -> {}),
                Dora.of(l -> {}),
                new Ia3.Options().build(),
                new BitFit.Options().build(),
                Bottleneck.of(b -> {}),
                Compacter.of(c -> {}),
                PrefixTuning.of(p -> {}),
                PromptTuning.of(p -> {}),
                MtlLora.of(l -> {}),
                Polytropon.of(l -> {}),
                HyperFormer.of(l -> {}),
                Common.of(c -> c.of(Lora.of(l -> {}))),
                Fusion.of(f -> f.of(
                        new Trained(Bottleneck.of(b -> {}), trained.toString(), "one"),
                        new Trained(Bottleneck.of(b -> {}), trained.toString(), "two"))),
                new TopAttention(204, 6, 12),
                new TopLayer());
        chosen.forEach(adapter -> all.put(adapter.word(), adapter));
        all.put("loraEverywhere", Lora.of(l -> l.projections(Projection.values())));
        all.put("doraEverywhere", Dora.of(l -> l.projections(Projection.values())));
        all.put("houlsbyBottleneck", Bottleneck.of(b -> b.form(Form.HOULSBY)));
        all.put("wideParallel", Bottleneck.of(b -> b.form(Form.PARALLEL).reduction(2).scaling(4)));
        return all;
    }

    private static ObjectNode spec(Path folder, Adapter adapter) {
        ObjectNode spec = new ObjectMapper()
                .createObjectNode()
                .put("cache", folder.resolve("cache").toString())
                .put("encoder", folder.toString())
                .put("threads", Runtime.getRuntime().availableProcessors())
                .put("batchSize", BATCH);
        spec.set("adapter", StrictJson.mapper().valueToTree(adapter));
        for (String task : TASKS) {
            spec.withArray("tasks")
                    .addObject()
                    .put("name", task)
                    .put("classes", 2)
                    .put("examples", folder.resolve("examples.tsv").toString());
        }
        spec.putArray("draws").add(0);
        return spec;
    }

    /** An encoder of random weights, and examples of as many word pieces each. */
    private static void encoder(Path folder, BertConfig sizes) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                """
                {"model_type": "bert", "hidden_act": "gelu", "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
                 "num_attention_heads": %d, "intermediate_size": %d, "max_position_embeddings": %d, "type_vocab_size": %d}
                """
                        .formatted(
                                sizes.vocabularySize(),
                                sizes.hiddenSize(),
                                sizes.layers(),
                                sizes.heads(),
                                sizes.intermediateSize(),
                                sizes.positions(),
                                sizes.tokenTypes()));
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                random(MultiTaskModel.parameters(sizes, new Shared(), Map.of())),
                Map.of());
        String ids = IntStream.range(0, LENGTH).mapToObj(i -> Integer.toString(100 + i)).collect(Collectors.joining(" "));
        Files.write(
                folder.resolve("examples.tsv"),
                IntStream.range(0, 64 * BATCH)
                        .mapToObj(i -> i % 2 + "\t" + LENGTH / 2 + "\t" + ids)
                        .toList());
    }

    private static void bottlenecks(Path file, BertConfig sizes) {
        Bottleneck bottleneck = Bottleneck.of(b -> {});
        AdapterFile.write(
                file,
                new AdapterManifest(
                        "random",
                        "random",
                        0,
                        bottleneck.label(),
                        StrictJson.mapper().valueToTree(bottleneck),
                        TASKS,
                        null,
                        null,
                        List.of()),
                random(bottleneck.parameters(sizes, TASKS)));
    }

    private static List<TensorData> random(List<Declaration> declared) {
        RandomStreams streams = new RandomStreams(1);
        return declared.stream()
                .map(d -> TensorData.ofFloats(
                        d.name(),
                        d.start().values(d, streams, unused -> {
                            throw new IllegalStateException("an encoder's own start");
                        }),
                        d.shape().stream().mapToLong(Integer::longValue).toArray()))
                .toList();
    }
}
