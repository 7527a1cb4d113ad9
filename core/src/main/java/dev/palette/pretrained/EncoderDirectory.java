package dev.palette.pretrained;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that holds an encoder in the form that is read as it is: Hugging Face's layout, {@code model.safetensors} in single
 * precision under Hugging Face's names with {@code bert.}. Palette's own folders of it have a {@code source.json} too.
 */
final class EncoderDirectory {
    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String VOCABULARY = "vocab.txt";
    static final String TOKENIZER = "tokenizer_config.json";
    static final String MANIFEST = "source.json";
    static final String TOKENIZER_JSON = "tokenizer.json";
    static final String LAYOUT =
            "config.json (or bert_config.json), vocab.txt (or tokenizer.json) and weights: model.safetensors,"
                    + " pytorch_model.bin or bert_model.ckpt.*";

    private final Path folder;

    EncoderDirectory(Path folder) {
        this.folder = folder;
    }

    /** The names of the files that it consists of. */
    List<String> content() {
        return List.of(CONFIG, TOKENIZER, vocabulary(), WEIGHTS);
    }

    /** The file of its vocabulary: {@code tokenizer.json} where there is no {@code vocab.txt}. */
    private String vocabulary() {
        boolean other =
                !Files.isRegularFile(folder.resolve(VOCABULARY)) && Files.isRegularFile(folder.resolve(TOKENIZER_JSON));
        return other ? TOKENIZER_JSON : VOCABULARY;
    }

    boolean hasManifest() {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /** Whether the folder has the files of this form; with {@code source.json} that is all there is to ask. */
    boolean isReadAsItIs() {
        boolean complete = List.of(CONFIG, WEIGHTS, VOCABULARY).stream()
                .allMatch(name -> Files.isRegularFile(folder.resolve(name)));
        if (!complete || hasManifest()) {
            return complete || hasManifest();
        }
        if (BertConfigFile.family(folder.resolve(CONFIG)) != EncoderFamily.BERT) {
            return false;
        }
        BertConfig config = BertConfigFile.read(folder.resolve(CONFIG));
        try (SafetensorsFile weights = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            return EncoderTensors.fit(weights, config);
        }
    }

    /**
     * The folder's files, checked: against {@code source.json} where there is one, the weights against the configuration, the
     * vocabulary against the embeddings.
     *
     * @param memory gives the fingerprint of weights that {@code source.json} doesn't record
     * @throws PaletteException when something is missing, damaged or doesn't fit
     */
    EncoderFiles open(FingerprintMemory memory) {
        for (String name : List.of(CONFIG, WEIGHTS, vocabulary())) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new PaletteException(
                        "%s does not exist; an encoder's directory needs %s".formatted(folder.resolve(name), LAYOUT));
            }
        }
        BertConfig config = BertConfigFile.read(folder.resolve(CONFIG));
        Path weights = folder.resolve(WEIGHTS);
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            EncoderTensors.check(file, config, folder.resolve(CONFIG));
        }
        EncoderVocabulary vocabulary =
                EncoderVocabulary.read(folder.resolve(vocabulary())).fitting(config);
        boolean lowerCase = EncoderParts.statedCase(folder).orElseGet(vocabulary::ofLowerCase);
        return new EncoderFiles(config, weights, vocabulary.file(), lowerCase, fingerprint(memory));
    }

    /** The text of a {@code tokenizer_config.json}. */
    static String tokenizerSettings(boolean lowerCase) {
        return new ObjectMapper()
                        .createObjectNode()
                        .put("do_lower_case", lowerCase)
                        .toPrettyString() + "\n";
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
}
