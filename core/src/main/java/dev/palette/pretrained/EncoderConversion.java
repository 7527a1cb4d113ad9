package dev.palette.pretrained;

import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.BertTensors;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns an encoder's files, of whatever format and naming, into a directory in Hugging Face's layout that is read without
 * converting. All weights are kept, heads and adapters too.
 */
final class EncoderConversion {
    private final EncoderParts parts;
    private final BertConfig config;
    private final EncoderFamily family;
    private final EncoderVocabulary vocabulary;
    private final boolean lowerCase;

    /**
     * A conversion of these files.
     *
     * @throws dev.palette.spec.PaletteException when the configuration or the vocabulary is missing or wrong
     */
    EncoderConversion(EncoderParts parts) {
        this.parts = parts;
        this.config = BertConfigFile.read(parts.config());
        this.family = BertConfigFile.family(parts.config());
        this.vocabulary = EncoderVocabulary.read(parts.vocabulary()).fitting(config);
        this.lowerCase = parts.lowerCase().orElseGet(vocabulary::ofLowerCase);
    }

    /** A text that is another one for every other content of the files, wherever they lie. */
    String key(FingerprintMemory memory) {
        StringBuilder all = new StringBuilder(BertConfigFile.write(config));
        parts.weightFiles().forEach(file -> all.append(memory.sha256(file)).append('\n'));
        all.append(lowerCase).append('\n').append(vocabulary.text().stripTrailing());
        if (family != EncoderFamily.BERT) {
            all.append('\n').append(family.modelType());
        }
        return FileDigest.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Fills an empty folder of the cache.
     *
     * @throws dev.palette.spec.PaletteException when the weights cannot be read, fit no known naming or not the configuration
     */
    void into(Path folder) {
        into(folder, weights -> writeWeights(weights, folder.resolve(EncoderDirectory.WEIGHTS)));
    }

    /** Fills an empty folder that others are to read as well: a family whose layers are no BERT's keeps its own names. */
    void forOthersInto(Path folder) {
        Path file = folder.resolve(EncoderDirectory.WEIGHTS);
        into(
                folder,
                family.keepsItsNames()
                        ? weights -> writeStored(weights, file)
                        : weights -> writeWeights(weights, file));
    }

    private void into(Path folder, Consumer<BertTensors> writing) {
        BertConfig found;
        try (BertTensors weights = family.tensors(TensorFile.open(parts.weights()))) {
            found = family.fitting(config, weights);
            EncoderTensors.check(weights, found, parts.config());
            writing.accept(weights);
        }
        String text =
                family.keepsItsNames() ? BertConfigFile.write(found, parts.config()) : BertConfigFile.write(found);
        AtomicFile.writeText(folder.resolve(EncoderDirectory.CONFIG), text);
        AtomicFile.writeText(folder.resolve(vocabulary.keptAs()), vocabulary.text());
        AtomicFile.writeText(folder.resolve(EncoderDirectory.TOKENIZER), EncoderDirectory.tokenizerSettings(lowerCase));
    }

    /** Writes weights as safetensors; what two tensors share is written once, as safetensors' own {@code save_model} does. */
    static void writeWeights(BertTensors weights, Path file) {
        Map<String, String> metadata = new LinkedHashMap<>(weights.aliases());
        metadata.put("format", "pt"); // what Hugging Face's own loaders look for
        SafetensorsWriter.write(
                file,
                weights.entries().stream()
                        .filter(entry -> !weights.aliases().containsKey(entry.name()))
                        .toList(),
                entry -> weights.tensor(entry.name()),
                metadata);
    }

    private static void writeStored(BertTensors weights, Path file) {
        SafetensorsWriter.write(
                file, weights.stored(), entry -> weights.storedTensor(entry.name()), Map.of("format", "pt"));
    }
}
