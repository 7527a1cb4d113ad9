package dev.palette.pretrained;

import dev.palette.pretrained.ConversionReport.Converted;
import dev.palette.spec.PaletteException;
import dev.palette.storage.StagedFolder;
import dev.palette.tensor.BertNames;
import dev.palette.tensor.BertNaming;
import dev.palette.tensor.BertTensors;
import dev.palette.tensor.PyTorchWriter;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import dev.palette.tensor.TensorEntry;
import dev.palette.tensor.TensorFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rewrites a file of BERT's weights in another format and under other names: between TensorFlow checkpoints, SavedModels (read
 * only, both), PyTorch files, safetensors and Hugging Face's directories.
 *
 * <p>What has no name of BERT's (a task's head, adapters) keeps its own. The original's names come in two forms, as its code
 * loads them: {@code bert.embeddings…} for a whole model with a task's head, {@code embeddings…} for the encoder alone, which is
 * written when the source has no other heads than those of pretraining; these are left over. A family whose layers are no BERT's keeps
 * its own names.
 */
public final class Conversion {
    private final BertTensors weights;
    private final BertNaming naming;
    private final boolean bare;
    private final boolean encoderAlone;
    private final boolean keepsItsNames;

    private Conversion(BertTensors weights, BertNaming naming, boolean encoderAlone, boolean keepsItsNames) {
        this.weights = weights;
        this.naming = keepsItsNames ? weights.naming() : naming;
        this.encoderAlone = encoderAlone;
        this.keepsItsNames = keepsItsNames;
        this.bare = this.naming == BertNaming.ORIGINAL
                && weights.entries().stream()
                        .map(TensorEntry::name)
                        .allMatch(
                                name -> encoderAlone || BertNames.isEncoder(name) || BertNames.isPretrainingHead(name));
    }

    /**
     * Converts.
     *
     * @return what became of every tensor
     * @throws PaletteException when the source is missing, damaged, fits no known naming or not the configuration, or the
     *     destination cannot be written; it is then what it was before
     */
    public static ConversionReport run(ConversionRequest request) {
        ConversionTarget target = ConversionTarget.of(request.destination());
        BertNaming naming = naming(request, target);
        Path source = weightsOf(request.source());
        Optional<Path> config = Optional.ofNullable(request.config())
                .or(() -> Files.isDirectory(request.source())
                        ? EncoderParts.configIn(request.source())
                        : Optional.empty());
        EncoderFamily family = config.map(BertConfigFile::family).orElse(EncoderFamily.BERT);
        try (BertTensors weights = family.tensors(TensorFile.open(source))) {
            Conversion conversion = new Conversion(weights, naming, request.encoderAlone(), family.keepsItsNames());
            List<String> missing = conversion.missing(config);
            if (request.encoderAlone() && !missing.isEmpty()) {
                throw new PaletteException(
                        "%s has no tensor '%s', which the encoder needs, and lacks %d in all; fetch it whole"
                                .formatted(source, missing.get(0), missing.size()));
            }
            if (target == ConversionTarget.DIRECTORY) {
                writeDirectory(request, source);
            } else {
                conversion.write(request.destination(), target);
            }
            return conversion.report(request.destination(), target, missing);
        }
    }

    private static BertNaming naming(ConversionRequest request, ConversionTarget target) {
        BertNaming naming = Objects.requireNonNullElse(request.naming(), target.usualNaming());
        boolean possible = naming == target.usualNaming()
                || (naming != BertNaming.TENSORFLOW && target != ConversionTarget.DIRECTORY);
        if (!possible) {
            throw new PaletteException("%s cannot have %s: a %s has %s"
                    .formatted(
                            request.destination(),
                            naming.label(),
                            target.label(),
                            target.usualNaming().label()));
        }
        return naming;
    }

    private static Path weightsOf(Path source) {
        return Files.isDirectory(source) ? EncoderParts.weightsIn(source).orElse(source) : source;
    }

    private List<String> missing(Optional<Path> config) {
        if (config.isPresent()) {
            BertConfig sizes = BertConfigFile.family(config.get()).fitting(BertConfigFile.read(config.get()), weights);
            EncoderTensors.checkPresent(weights, sizes, config.get());
            return EncoderTensors.missing(weights, sizes);
        }
        return EncoderTensors.missing(weights, EncoderTensors.sizesOf(weights));
    }

    /** The tensors that are written, as they are called and laid here, the encoder's first and in its order. */
    private List<TensorEntry> selected() {
        Map<String, TensorEntry> all = new LinkedHashMap<>();
        weights.entries().forEach(entry -> all.put(entry.name(), entry));
        List<TensorEntry> ordered = new ArrayList<>();
        EncoderTensors.of(EncoderTensors.sizesOf(weights)).forEach(expected -> {
            TensorEntry found = all.remove(expected.name());
            if (found != null) {
                ordered.add(found);
            }
        });
        all.values().stream().filter(entry -> !encoderAlone && !bare).forEach(ordered::add);
        return ordered;
    }

    private String destinationName(String name) {
        if (naming != BertNaming.ORIGINAL) {
            return name;
        }
        String original = BertNames.toOriginal(name);
        return bare ? BertNames.withoutPrefix(original) : original;
    }

    private void write(Path file, ConversionTarget target) {
        if (keepsItsNames) {
            write(file, target, weights.stored(), entry -> weights.storedTensor(entry.name()), Map.of());
            return;
        }
        Map<TensorEntry, String> sources = new LinkedHashMap<>();
        selected().forEach(entry -> sources.put(entry.named(destinationName(entry.name())), entry.name()));
        Map<String, String> aliases = new LinkedHashMap<>();
        weights.aliases().forEach((alias, name) -> {
            if (sources.containsValue(alias) && sources.containsValue(name)) {
                aliases.put(destinationName(alias), destinationName(name));
            }
        });
        write(file, target, sources.keySet(), entry -> data(entry, sources), aliases);
    }

    private static void write(
            Path file,
            ConversionTarget target,
            Collection<TensorEntry> entries,
            Function<TensorEntry, TensorData> data,
            Map<String, String> aliases) {
        if (target == ConversionTarget.PYTORCH) {
            PyTorchWriter.write(file, entries, data, aliases);
            return;
        }
        Map<String, String> metadata = new LinkedHashMap<>(aliases);
        metadata.put("format", "pt");
        SafetensorsWriter.write(
                file,
                entries.stream()
                        .filter(entry -> !aliases.containsKey(entry.name()))
                        .toList(),
                data,
                metadata);
    }

    private TensorData data(TensorEntry destination, Map<TensorEntry, String> sources) {
        return weights.tensor(Objects.requireNonNull(sources.get(destination))).named(destination.name());
    }

    private static void writeDirectory(ConversionRequest request, Path weights) {
        Path folder = request.destination();
        if (Files.exists(folder)) {
            throw new PaletteException("%s exists already; remove it or choose another name".formatted(folder));
        }
        Path beside = Files.isDirectory(request.source())
                ? request.source()
                : Objects.requireNonNull(request.source().toAbsolutePath().getParent());
        EncoderParts parts = new EncoderParts(
                Optional.ofNullable(request.config())
                        .or(() -> EncoderParts.configIn(beside))
                        .orElseThrow(() -> needed(folder, beside, "the encoder's sizes", "--config")),
                Optional.ofNullable(request.vocabulary())
                        .or(() -> EncoderParts.vocabularyIn(beside))
                        .orElseThrow(() -> needed(folder, beside, "a vocabulary", "--vocab")),
                weights,
                EncoderParts.statedCase(beside));
        EncoderConversion conversion = new EncoderConversion(parts);
        try (StagedFolder staged = StagedFolder.of(folder)) {
            conversion.forOthersInto(staged.path());
            staged.commit();
        }
    }

    private static PaletteException needed(Path folder, Path beside, String what, String option) {
        return new PaletteException(
                "the directory %s needs %s, and %s has none; name it by %s".formatted(folder, what, beside, option));
    }

    private ConversionReport report(Path destination, ConversionTarget target, List<String> missing) {
        List<TensorEntry> selected = selected();
        List<Converted> converted = selected.stream()
                .map(entry -> new Converted(
                        weights.source(entry.name()).name(),
                        keepsItsNames ? weights.source(entry.name()).name() : destinationName(entry.name()),
                        weights.isTransposed(entry.name()),
                        weights.source(entry.name()).type() != entry.type()))
                .distinct()
                .toList();
        List<String> leftOver = new ArrayList<>(weights.entries().stream()
                .filter(entry -> !selected.contains(entry))
                .map(entry -> weights.source(entry.name()).name())
                .toList());
        leftOver.addAll(weights.leftOver());
        return new ConversionReport(
                "%s: %s, %s"
                        .formatted(
                                weights.path(),
                                weights.format(),
                                weights.naming().label()),
                "%s: %s, %s".formatted(destination, target.label(), naming.label()),
                converted,
                missing,
                leftOver);
    }
}
