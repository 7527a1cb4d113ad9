package dev.palette.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.pretrained.BertConfig;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * What a JSON configuration file of the original "BERT and PALs" code describes: an encoder and what is added to it. A plain
 * {@code bert_config.json} describes an encoder with nothing added.
 *
 * @param encoder the encoder's sizes
 * @param adapter what is added
 * @param tasks how many tasks the file speaks of, if it does
 */
public record Architecture(BertConfig encoder, Adapter adapter, OptionalInt tasks) {
    /**
     * Reads a configuration.
     *
     * @throws dev.palette.spec.PaletteException when the file is missing or no JSON, a key is unknown, missing or of a wrong type, or
     *     the keys together are no model of the original's; names file and key
     */
    public static Architecture read(Path file) {
        return read(file, OptionalInt.empty());
    }

    /**
     * Reads a configuration.
     *
     * @param hiddenSizeAug in place of the file's {@code hidden_size_aug}
     */
    public static Architecture read(Path file, OptionalInt hiddenSizeAug) {
        return ArchitectureFile.read(file).architecture(hiddenSizeAug);
    }

    /**
     * What a JSON object describes that stands elsewhere than in a file of its own.
     *
     * @param place where it stands, for messages
     */
    public static Architecture of(Path place, JsonNode json) {
        return new ArchitectureFile(place, json).architecture(OptionalInt.empty());
    }
}
