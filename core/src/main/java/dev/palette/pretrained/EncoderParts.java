package dev.palette.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.ShardedSafetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that an encoder consists of, wherever they lie and in whatever format.
 *
 * @param config Hugging Face's {@code config.json} or Google's {@code bert_config.json}
 * @param vocabulary {@code vocab.txt}, one word piece a line, a {@code tokenizer.json}, or {@code vocab.json} beside its {@code
 *     merges.txt}
 * @param weights a file that {@link dev.palette.tensor.TensorFile} reads, or the prefix of a TensorFlow checkpoint's files
 * @param lowerCase whether text is lower-cased; empty when the vocabulary is to say
 */
record EncoderParts(Path config, Path vocabulary, Path weights, Optional<Boolean> lowerCase) {
    private static final List<String> CONFIGS = List.of("config.json", "bert_config.json");
    private static final List<String> WEIGHTS = List.of(
            "model.safetensors",
            ShardedSafetensors.INDEX,
            "pytorch_model.bin",
            "bert_model.ckpt",
            "variables/variables");
    private static final List<String> VOCABULARIES =
            List.of("vocab.txt", "tokenizer.json", "assets/vocab.txt", "vocab.json");
    private static final List<String> SENTENCE_PIECES = List.of("spm.model", "sentencepiece.bpe.model", "spiece.model");
    private static final String INDEX = ".index";

    /**
     * Finds the files of an encoder's directory: Hugging Face's, Google's, or a PyTorch translation's.
     *
     * @throws PaletteException when the directory or one of the three is missing
     */
    static EncoderParts in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PaletteException(
                    "%s is no directory; an encoder is a directory with %s, one of the released names, or a model of the hub: hub('owner/model')"
                            .formatted(folder, EncoderDirectory.LAYOUT));
        }
        if (find(folder, VOCABULARIES).isEmpty()) {
            find(folder, SENTENCE_PIECES).ifPresent(file -> {
                throw new PaletteException(
                        "%s is a SentencePiece model, which is not read here; put the tokenizer.json beside it that transformers writes: AutoTokenizer.from_pretrained('%s').save_pretrained('%s')"
                                .formatted(file, folder, folder));
            });
        }
        return new EncoderParts(
                first(folder, CONFIGS), first(folder, VOCABULARIES), first(folder, WEIGHTS), statedCase(folder));
    }

    /** The file of a directory's weights; empty when it has none of the usual ones. */
    static Optional<Path> weightsIn(Path folder) {
        return find(folder, WEIGHTS);
    }

    /** The configuration of a directory, if it has one. */
    static Optional<Path> configIn(Path folder) {
        return find(folder, CONFIGS);
    }

    /** The vocabulary of a directory, if it has one. */
    static Optional<Path> vocabularyIn(Path folder) {
        return find(folder, VOCABULARIES);
    }

    /** Whether a directory has files for all three, whatever is in them. */
    static boolean areIn(Path folder) {
        boolean vocabulary = vocabularyIn(folder).isPresent()
                || find(folder, SENTENCE_PIECES).isPresent();
        return vocabulary
                && configIn(folder).isPresent()
                && weightsIn(folder).filter(EncoderParts::isWhole).isPresent();
    }

    private static boolean isWhole(Path weights) {
        return !ShardedSafetensors.isIndex(weights)
                || ShardedSafetensors.shards(weights).stream().allMatch(Files::isRegularFile);
    }

    /** All files that the weights lie in: one, an index and its shards, or a checkpoint's index and data. */
    List<Path> weightFiles() {
        if (ShardedSafetensors.isIndex(weights)) {
            return Stream.concat(Stream.of(weights), ShardedSafetensors.shards(weights).stream())
                    .toList();
        }
        if (Files.isRegularFile(weights) && !weights.toString().endsWith(INDEX)) {
            return List.of(weights);
        }
        String name = weights.getFileName().toString().replaceFirst("\\.index$", "");
        Path folder = weights.toAbsolutePath().getParent();
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> {
                        String other = file.getFileName().toString();
                        return other.equals(name + INDEX) || other.startsWith(name + ".data-");
                    })
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new PaletteException(
                        "%s does not exist, expected a weights file or the common beginning of a TensorFlow checkpoint's"
                                .formatted(weights));
            }
            return files;
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(folder, e), e);
        }
    }

    /** {@code do_lower_case} of the tokenizer's settings, which may lie beside the vocabulary; empty when nothing is said. */
    static Optional<Boolean> statedCase(Path folder) {
        Path file = folder.resolve(EncoderDirectory.TOKENIZER);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode node = BertConfigFile.tree(file).path("do_lower_case");
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw new PaletteException("%s: do_lower_case is %s, expected true or false".formatted(file, node));
        }
        return Optional.of(node.booleanValue());
    }

    private static Path first(Path folder, List<String> names) {
        return find(folder, names)
                .orElseThrow(() ->
                        new PaletteException("%s does not exist, and none of %s; an encoder's directory needs %s"
                                .formatted(
                                        folder.resolve(names.get(0)),
                                        names.subList(1, names.size()),
                                        EncoderDirectory.LAYOUT)));
    }

    private static Optional<Path> find(Path folder, List<String> names) {
        return names.stream()
                .map(folder::resolve)
                .filter(file -> Files.isRegularFile(file)
                        || Files.isRegularFile(file.resolveSibling(file.getFileName() + INDEX)))
                .findFirst();
    }
}
