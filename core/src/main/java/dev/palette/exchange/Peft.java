package dev.palette.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lora;
import dev.palette.adapter.Projection;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hugging Face's {@code peft} format of LoRA, rsLoRA, DoRA and (IA)³: a folder with {@code adapter_config.json} and {@code
 * adapter_model.safetensors}. Which linear maps of which layers an adapter has is read off its tensors, so that every form of {@code
 * target_modules} is understood, and written as one expression that names them exactly.
 */
final class Peft {
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What Palette's LoRA does not have, with the value that leaves it out. */
    private static final Map<String, String> USUAL = Map.of(
            "bias", "none",
            "fan_in_fan_out", "false",
            "lora_bias", "false",
            "use_qalora", "false",
            "alpha_pattern", "{}",
            "rank_pattern", "{}",
            "layer_replication", "null",
            "alora_invocation_tokens", "null",
            "target_parameters", "null",
            "trainable_token_indices", "null");

    private Peft() {}

    /** Reads a folder; {@code encoder} is the sizes of the encoder it is for. */
    static OneAdapter read(Path folder, FolderConfig config, BertConfig encoder, String task) {
        config.requireUsual(USUAL);
        Map<String, TensorData> tensors = TensorNames.read(folder, List.of(WEIGHTS, "adapter_model.bin"));
        Shape shape = Shape.of(folder, tensors.keySet(), encoder.layers());
        Adapter adapter = switch (config.text("peft_type")) {
            case "LORA" -> lowRank(config, shape);
            case "IA3" -> new Ia3(shape.projections, shape.layers);
            default -> throw config.wrong("peft_type", "LORA or IA3");
        };
        Map<String, TensorData> own = TensorNames.renamed(folder, tensors, name -> name(name, adapter.word(), task));
        tensors.forEach((name, tensor) -> requireScaledSide(folder, name, tensor));
        own.replaceAll((name, tensor) -> name.endsWith(".scale") || name.endsWith(".magnitude")
                ? TensorNames.reshaped(tensor, tensor.toFloats().length)
                : tensor);
        return new OneAdapter(adapter, task, List.copyOf(own.values()));
    }

    /** (IA)³ has a row where it scales what a map reads, and a column where it scales what the map makes. */
    private static void requireScaledSide(Path folder, String name, TensorData tensor) {
        PeftNames.of(name).filter(place -> place.part().equals("ia3_l")).ifPresent(place -> {
            boolean row = tensor.shape().size() == 2 && tensor.shape().get(0) == 1;
            if (row != isFeedForward(place)) {
                throw new PaletteException(
                        "%s: tensor '%s' scales what the map %s, and in Palette only output.dense's input is scaled; train it with feedforward_modules that are output.dense"
                                .formatted(folder, name, row ? "reads" : "makes"));
            }
        });
    }

    private static Adapter lowRank(FolderConfig config, Shape shape) {
        int rank = (int) config.number("r");
        double alpha = config.number("lora_alpha");
        double dropout = config.number("lora_dropout");
        if (config.flag("use_dora")) {
            if (config.flag("use_rslora")) {
                throw config.wrong("use_rslora", "false where use_dora is true");
            }
            return new Dora(rank, alpha, dropout, shape.projections, shape.layers);
        }
        return new Lora(rank, alpha, dropout, config.flag("use_rslora"), shape.projections, shape.layers);
    }

    private static @Nullable String name(String name, String method, String task) {
        for (String kind : List.of("weight", "bias")) {
            if (name.equals(PeftNames.head(kind))) {
                return OneAdapter.head(task, kind);
            }
        }
        return PeftNames.of(name).map(place -> place.parameter(method, task)).orElse(null);
    }

    /** Which linear maps of which layers tensors are of; the same maps in each layer. */
    private record Shape(List<Projection> projections, List<Integer> layers) {
        static Shape of(Path folder, Collection<String> names, int all) {
            Map<Integer, TreeSet<Projection>> byLayer = new HashMap<>();
            for (String name : names) {
                PeftNames.of(name)
                        .ifPresent(place -> byLayer.computeIfAbsent(place.layer(), unseen -> new TreeSet<>())
                                .add(place.projection()));
            }
            if (byLayer.values().stream().distinct().count() != 1) {
                throw new PaletteException(
                        "%s adapts %s in its layers, expected the same linear maps of BERT in each that has any"
                                .formatted(folder, byLayer.isEmpty() ? "nothing" : byLayer));
            }
            return new Shape(
                    List.copyOf(byLayer.values().iterator().next()),
                    byLayer.size() == all
                            ? List.of()
                            : byLayer.keySet().stream().sorted().toList());
        }
    }

    /**
     * Writes an adapter into a folder that is there.
     *
     * @param base what {@code peft} is told of the encoder: a folder, a name, or a model of the hub and its commit
     * @throws PaletteException when the method is none that {@code peft} has
     */
    static void write(OneAdapter one, EncoderSource base, Path folder) {
        Adapter adapter = one.adapter();
        ObjectNode config = JSON.createObjectNode();
        if (adapter instanceof Lora lora) {
            lowRank(config, lora.rank(), lora.alpha(), lora.dropout(), lora.rankStabilised(), false);
        } else if (adapter instanceof Dora dora) {
            lowRank(config, dora.rank(), dora.alpha(), dora.dropout(), false, true);
        } else if (adapter instanceof Ia3) {
            config.put("peft_type", "IA3").put("init_ia3_weights", true);
        } else {
            throw new PaletteException("peft has no form for %s; it has lora, dora and ia3".formatted(adapter.label()));
        }
        Map<String, PeftNames> places = places(one);
        config.put("target_modules", expression(places.values(), false));
        if (adapter instanceof Ia3) {
            config.put("feedforward_modules", expression(places.values(), true));
        }
        config.put("task_type", "SEQ_CLS")
                .put("base_model_name_or_path", base instanceof EncoderSource.Hub hub ? hub.model() : base.text())
                .put("fan_in_fan_out", false)
                .put("inference_mode", true);
        if (base instanceof EncoderSource.Hub hub) {
            config.put("revision", hub.revision());
        }
        config.putArray("modules_to_save").add("classifier");
        SafetensorsWriter.write(
                folder.resolve(WEIGHTS),
                one.tensors().stream()
                        .map(tensor -> foreign(tensor, one.task(), places))
                        .toList(),
                Map.of("format", "pt"));
        AtomicFile.writeText(folder.resolve(FolderConfig.NAME), config.toPrettyString() + "\n");
    }

    private static void lowRank(
            ObjectNode config, int rank, double alpha, double dropout, boolean stabilised, boolean dora) {
        config.put("peft_type", "LORA")
                .put("r", rank)
                .put("lora_dropout", dropout)
                .put("use_rslora", stabilised)
                .put("use_dora", dora)
                .put("bias", "none")
                .put("init_lora_weights", true);
        if (alpha == Math.rint(alpha)) {
            config.put("lora_alpha", (long) alpha);
        } else {
            config.put("lora_alpha", alpha);
        }
    }

    /** Where each parameter stands, by Palette's name. */
    private static Map<String, PeftNames> places(OneAdapter one) {
        Map<String, PeftNames> places = new HashMap<>();
        List<String> parts = List.of("lora_A.weight", "lora_B.weight", "lora_magnitude_vector", "ia3_l");
        for (TensorData tensor : one.tensors()) {
            for (Projection projection : Projection.values()) {
                for (String part : parts) {
                    PeftNames place = new PeftNames(layer(tensor.name()), projection, part);
                    if (place.parameter(one.adapter().word(), one.task()).equals(tensor.name())) {
                        places.put(tensor.name(), place);
                    }
                }
            }
        }
        return places;
    }

    private static int layer(String name) {
        String number = name.replaceFirst(".*\\.layer\\.(\\d+)\\..*", "$1");
        return number.equals(name) ? 0 : Integer.parseInt(number);
    }

    private static TensorData foreign(TensorData tensor, String task, Map<String, PeftNames> places) {
        for (String kind : List.of("weight", "bias")) {
            if (tensor.name().equals(OneAdapter.head(task, kind))) {
                return tensor.named(PeftNames.head(kind));
            }
        }
        PeftNames place = Objects.requireNonNull(places.get(tensor.name()), tensor.name());
        TensorData named = tensor.named(place.written());
        if (!place.part().equals("ia3_l")) {
            return named;
        }
        long size = tensor.shape().get(0);
        return isFeedForward(place) ? TensorNames.reshaped(named, 1, size) : TensorNames.reshaped(named, size, 1);
    }

    /** Where (IA)³ scales what a map reads, and not what it makes. */
    private static boolean isFeedForward(PeftNames place) {
        return place.projection() == Projection.OUTER;
    }

    /** One regular expression that is a module's whole name; with {@code inputs} of those alone whose input is scaled. */
    private static String expression(Collection<PeftNames> places, boolean inputs) {
        List<PeftNames> chosen = new ArrayList<>(places);
        chosen.removeIf(place -> inputs && !isFeedForward(place));
        if (chosen.isEmpty()) {
            return "none";
        }
        String layers = chosen.stream()
                .map(place -> Integer.toString(place.layer()))
                .distinct()
                .sorted()
                .collect(Collectors.joining("|"));
        String paths = chosen.stream()
                .map(PeftNames::projection)
                .distinct()
                .sorted()
                .map(projection -> projection.path().replace(".", "\\."))
                .collect(Collectors.joining("|"));
        return ".*encoder\\.layer\\.(%s)\\.(%s)".formatted(layers, paths);
    }
}
