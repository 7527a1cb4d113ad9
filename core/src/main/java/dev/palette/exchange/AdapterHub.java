package dev.palette.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Bottleneck.Form;
import dev.palette.adapter.Initialisation;
import dev.palette.kernel.Activation;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import dev.palette.storage.AtomicFile;
import dev.palette.tensor.PyTorchWriter;
import dev.palette.tensor.TensorData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * AdapterHub's format of bottleneck adapters, that of the package {@code adapters}: a folder with {@code adapter_config.json} and {@code
 * pytorch_adapter.bin}, and where there is a head {@code head_config.json} and {@code pytorch_model_head.bin}; also with safetensors in
 * the place of the archives.
 */
final class AdapterHub {
    private static final String WEIGHTS = "pytorch_adapter.bin";
    private static final String HEAD_WEIGHTS = "pytorch_model_head.bin";
    private static final String HEAD_CONFIG = "head_config.json";
    private static final String VERSION = "adapters.1.3.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern NAME = Pattern.compile(
            "bert\\.encoder\\.layer\\.(\\d{1,4})\\.(attention\\.)?output\\.adapters\\.[^.]+\\.adapter_(down\\.0|up)\\.(weight|bias)");

    /** What Palette's bottlenecks do not have, with the value that leaves it out. */
    private static final Map<String, String> USUAL = Map.of(
            "cross_adapter", "false",
            "dropout", "0.0",
            "inv_adapter", "null",
            "ln_before", "false",
            "ln_after", "false",
            "phm_layer", "false",
            "use_gating", "false",
            "adapter_residual_before_ln", "false",
            "stochastic_depth", "0.0",
            "output_adapter", "true");

    private AdapterHub() {}

    /** What tells the forms of a bottleneck apart. */
    private enum Shape {
        HOULSBY(Form.HOULSBY, true, false, false),
        PFEIFFER(Form.PFEIFFER, false, true, false),
        PARALLEL(Form.PARALLEL, false, false, true);

        private final Form form;
        private final Map<String, Boolean> keys;

        Shape(Form form, boolean afterAttention, boolean normBefore, boolean parallel) {
            this.form = form;
            this.keys = Map.of(
                    "mh_adapter", afterAttention,
                    "original_ln_before", normBefore,
                    "original_ln_after", true,
                    "residual_before_ln", true,
                    "is_parallel", parallel);
        }

        boolean fits(FolderConfig config) {
            return keys.entrySet().stream()
                    .allMatch(key -> config.root().path(key.getKey()).asBoolean() == key.getValue());
        }
    }

    /** Reads a folder; {@code encoder} is the sizes of the encoder it is for. */
    static OneAdapter read(Path folder, FolderConfig whole, BertConfig encoder, String task) {
        FolderConfig config = whole.in("config");
        config.requireUsual(USUAL);
        Bottleneck bottleneck = bottleneck(config, encoder);
        Map<String, TensorData> tensors = new LinkedHashMap<>(TensorNames.renamed(
                folder,
                TensorNames.read(folder, List.of("adapter.safetensors", WEIGHTS)),
                name -> parameter(name, task)));
        if (Files.isRegularFile(folder.resolve(HEAD_CONFIG))) {
            tensors.putAll(TensorNames.renamed(
                    folder,
                    TensorNames.read(folder, List.of("model_head.safetensors", HEAD_WEIGHTS)),
                    name -> head(name, task)));
        }
        return new OneAdapter(bottleneck, task, List.copyOf(tensors.values()));
    }

    private static Bottleneck bottleneck(FolderConfig config, BertConfig encoder) {
        Shape shape = Arrays.stream(Shape.values())
                .filter(each -> each.fits(config))
                .findFirst()
                .orElseThrow(() -> config.wrong(
                        "mh_adapter with original_ln_before and is_parallel",
                        "the values of DoubleSeqBnConfig (Houlsby), SeqBnConfig (Pfeiffer) or ParBnConfig"));
        double reduction = config.number("reduction_factor");
        if (reduction != Math.rint(reduction) || reduction < 1) {
            throw config.wrong("reduction_factor", "a whole number of at least 1");
        }
        List<Integer> left = config.numbers("leave_out");
        List<Integer> layers = left.isEmpty()
                ? List.of()
                : IntStream.range(0, encoder.layers())
                        .filter(layer -> !left.contains(layer))
                        .boxed()
                        .toList();
        return new Bottleneck(
                shape.form, (int) reduction, activation(config), config.number("scaling"), start(config), layers);
    }

    private static Activation activation(FolderConfig config) {
        String written = config.text("non_linearity");
        return Arrays.stream(Activation.values())
                .filter(each -> Word.of(each).equals(written))
                .findFirst()
                .orElseThrow(() -> config.wrong("non_linearity", "gelu, relu, swish or tanh"));
    }

    private static Initialisation start(FolderConfig config) {
        return switch (config.text("init_weights")) {
            case "mam_adapter" -> Initialisation.IDENTITY;
            case "houlsby" -> Initialisation.TRUNCATED;
            default -> Initialisation.SMALL;
        };
    }

    private static String start(Initialisation start) {
        return switch (start) {
            case SMALL -> "bert";
            case IDENTITY -> "mam_adapter";
            case TRUNCATED -> "houlsby";
        };
    }

    private static @Nullable String parameter(String name, String task) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? "adapter.bottleneck.%s.layer.%s.%s.%s.%s"
                        .formatted(
                                task,
                                matcher.group(1),
                                matcher.group(2) == null ? "feedForward" : "attention",
                                matcher.group(3).replace(".0", ""),
                                matcher.group(4))
                : null;
    }

    private static @Nullable String head(String name, String task) {
        return name.equals("classifier.weight") || name.equals("classifier.bias")
                ? OneAdapter.head(task, name.substring("classifier.".length()))
                : null;
    }

    /**
     * Writes an adapter into a folder that is there.
     *
     * @throws PaletteException when it is no bottleneck
     */
    static void write(OneAdapter one, BertConfig encoder, Path folder) {
        if (!(one.adapter() instanceof Bottleneck bottleneck)) {
            throw new PaletteException("AdapterHub's format is written of bottleneck adapters, and this is %s"
                    .formatted(one.adapter().label()));
        }
        List<TensorData> adapter = new ArrayList<>();
        List<TensorData> head = new ArrayList<>();
        for (TensorData tensor : one.tensors()) {
            if (tensor.name().startsWith("head.")) {
                head.add(tensor.named(
                        "classifier" + tensor.name().substring(tensor.name().lastIndexOf('.'))));
            } else {
                adapter.add(tensor.named(written(tensor.name(), one.task())));
            }
        }
        archive(folder.resolve(WEIGHTS), adapter);
        ObjectNode config = about(one.task(), encoder);
        config.set("config", config(bottleneck, encoder));
        AtomicFile.writeText(folder.resolve(FolderConfig.NAME), config.toPrettyString() + "\n");
        if (!head.isEmpty()) {
            archive(folder.resolve(HEAD_WEIGHTS), head);
            AtomicFile.writeText(
                    folder.resolve(HEAD_CONFIG), headConfig(head, encoder).toPrettyString() + "\n");
        }
    }

    private static String written(String name, String task) {
        Matcher matcher = Pattern.compile(
                        "adapter\\.bottleneck\\..+\\.layer\\.(\\d+)\\.(attention|feedForward)\\.(down|up)\\.(weight|bias)")
                .matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no bottleneck's parameter: " + name);
        }
        return "bert.encoder.layer.%s.%soutput.adapters.%s.adapter_%s.%s"
                .formatted(
                        matcher.group(1),
                        matcher.group(2).equals("attention") ? "attention." : "",
                        task,
                        matcher.group(3).equals("down") ? "down.0" : "up",
                        matcher.group(4));
    }

    private static void archive(Path file, List<TensorData> tensors) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        PyTorchWriter.write(
                file,
                tensors.stream().map(TensorData::entry).toList(),
                entry -> Objects.requireNonNull(byName.get(entry.name())),
                Map.of());
    }

    private static ObjectNode about(@Nullable String name, BertConfig encoder) {
        return JSON.createObjectNode()
                .put("hidden_size", encoder.hiddenSize())
                .put("model_class", "BertForSequenceClassification")
                .put("model_name", "")
                .put("model_type", "bert")
                .put("name", name)
                .put("version", VERSION);
    }

    private static ObjectNode config(Bottleneck bottleneck, BertConfig encoder) {
        ObjectNode config = JSON.createObjectNode();
        Arrays.stream(Shape.values())
                .filter(shape -> shape.form == bottleneck.form())
                .forEach(shape -> shape.keys.forEach(config::put));
        config.put("output_adapter", true)
                .put("reduction_factor", bottleneck.reduction())
                .put("non_linearity", Word.of(bottleneck.activation()))
                .put("scaling", bottleneck.scaling())
                .put("init_weights", start(bottleneck.initialisation()))
                .put("dropout", 0.0)
                .put("ln_before", false)
                .put("ln_after", false)
                .put("phm_layer", false)
                .put("use_gating", false);
        var left = config.putArray("leave_out");
        IntStream.range(0, encoder.layers())
                .filter(layer ->
                        !bottleneck.layers().isEmpty() && !bottleneck.layers().contains(layer))
                .forEach(left::add);
        return config;
    }

    private static ObjectNode headConfig(List<TensorData> head, BertConfig encoder) {
        int labels = Math.toIntExact(head.get(0).shape().get(0));
        ObjectNode config = about(null, encoder);
        config.putNull("config");
        config.put("num_labels", labels);
        ObjectNode ids = config.putObject("label2id");
        IntStream.range(0, labels).forEach(label -> ids.put("LABEL_" + label, label));
        return config;
    }
}
