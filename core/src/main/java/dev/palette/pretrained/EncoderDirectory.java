package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder that holds an encoder in Hugging Face's layout, with or without Palette's {@code source.json}. */
final class EncoderDirectory {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String VOCABULARY = "vocab.txt";
    static final String TOKENIZER = "tokenizer_config.json";
    static final String MANIFEST = "source.json";
    static final List<String> CONTENT = List.of(CONFIG, TOKENIZER, VOCABULARY, WEIGHTS);
    static final String LAYOUT = CONFIG + ", " + WEIGHTS + " and " + VOCABULARY;

    private final Path folder;

    EncoderDirectory(Path folder) {
        this.folder = folder;
    }

    boolean hasManifest() {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /**
     * The folder's files, checked: against {@code source.json} where there is one, the weights against the configuration, the
     * vocabulary against the embeddings.
     *
     * @param memory gives the fingerprint of weights that {@code source.json} doesn't record
     * @throws PaletteException when something is missing, damaged or doesn't fit
     */
    EncoderFiles open(FingerprintMemory memory) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException(
                    "%s is no directory; an encoder is a directory with %s, or one of the released names"
                            .formatted(folder, LAYOUT));
        }
        for (String name : List.of(CONFIG, WEIGHTS, VOCABULARY)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new PaletteException(
                        "%s does not exist; an encoder's directory needs %s".formatted(folder.resolve(name), LAYOUT));
            }
        }
        BertConfig config = BertConfigFile.read(folder.resolve(CONFIG));
        Path weights = folder.resolve(WEIGHTS);
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            EncoderTensors.check(file, config);
        }
        checkVocabulary(config);
        return new EncoderFiles(config, weights, folder.resolve(VOCABULARY), lowerCase(), fingerprint(memory));
    }

    private String fingerprint(FingerprintMemory memory) {
        if (!hasManifest()) {
            return memory.sha256(folder.resolve(WEIGHTS));
        }
        EncoderManifest manifest = EncoderManifest.read(folder.resolve(MANIFEST));
        manifest.check(folder);
        EncoderManifest.Fingerprint recorded = manifest.files().get(WEIGHTS);
        if (recorded == null) {
            throw new PaletteException("%s says nothing of %s; delete it, or fetch the encoder again"
                    .formatted(folder.resolve(MANIFEST), WEIGHTS));
        }
        return recorded.sha256();
    }

    private void checkVocabulary(BertConfig config) {
        Path vocabulary = folder.resolve(VOCABULARY);
        try (Stream<String> lines = Files.lines(vocabulary)) {
            long pieces = lines.count();
            if (pieces == 0 || pieces > config.vocabularySize()) {
                throw new PaletteException("%s has %d word pieces, expected 1 to %d, the vocab_size of the %s beside it"
                        .formatted(vocabulary, pieces, config.vocabularySize(), CONFIG));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(vocabulary, e), e);
        }
    }

    /** Hugging Face's {@code do_lower_case}; true, as theirs, when nothing is said. */
    private boolean lowerCase() {
        Path file = folder.resolve(TOKENIZER);
        if (!Files.isRegularFile(file)) {
            return true;
        }
        JsonNode node = BertConfigFile.tree(file).path("do_lower_case");
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw new PaletteException("%s: do_lower_case is %s, expected true or false".formatted(file, node));
        }
        return node.asBoolean(true);
    }
}
