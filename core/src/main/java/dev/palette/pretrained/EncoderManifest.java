package dev.palette.pretrained;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code source.json}: where an encoder's files came from and what they were when they were written.
 *
 * @param artifact coordinates of the released artifact, or the path of the weights that were converted
 * @param artifactSha256 SHA-256 of its jar, or of all that was converted
 * @param files each file's fingerprint by name
 */
record EncoderManifest(
        @JsonProperty(required = true) String artifact,
        @JsonProperty(required = true) String artifactSha256,
        @JsonProperty(required = true) Map<String, Fingerprint> files) {
    private static final ObjectMapper json = new ObjectMapper();

    /**
     * What a file was. Size and CRC-32C are compared at every start, which takes a tenth of a second for BERT-base; the SHA-256,
     * which takes up to several, is remembered.
     */
    record Fingerprint(
            @JsonProperty(required = true) long size,
            @JsonProperty(required = true) String crc32c,
            @JsonProperty(required = true) String sha256) {
        static Fingerprint of(Path file) {
            return new Fingerprint(sizeOf(file), FileDigest.crc32c(file), FileDigest.sha256(file));
        }

        /** What is different about a file now, empty when nothing is. */
        String difference(Path file) {
            if (!Files.isRegularFile(file)) {
                return "is missing";
            }
            if (sizeOf(file) != size) {
                return "has %d bytes, expected %d".formatted(sizeOf(file), size);
            }
            String now = FileDigest.crc32c(file);
            return now.equals(crc32c) ? "" : "has the CRC-32C %s, expected %s".formatted(now, crc32c);
        }

        private static long sizeOf(Path file) {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
            }
        }
    }

    /** Records the files of a folder. */
    static EncoderManifest of(Path folder, String artifact, String sha256, Iterable<String> names) {
        Map<String, Fingerprint> files = new TreeMap<>();
        names.forEach(name -> files.put(name, Fingerprint.of(folder.resolve(name))));
        return new EncoderManifest(artifact, sha256, files);
    }

    static EncoderManifest read(Path file) {
        JsonNode tree = BertConfigFile.tree(file);
        try {
            return json.treeToValue(tree, EncoderManifest.class);
        } catch (JsonProcessingException e) {
            throw new PaletteException("%s is no record of an encoder: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    void write(Path file) {
        AtomicFile.writeText(file, json.valueToTree(this).toPrettyString() + "\n");
    }

    /**
     * Compares every file with its record.
     *
     * @throws PaletteException at the first that has changed
     */
    void check(Path folder) {
        files.forEach((name, fingerprint) -> {
            String difference = fingerprint.difference(folder.resolve(name));
            if (!difference.isEmpty()) {
                throw new PaletteException(
                        ("%s %s: it is damaged, or was changed after %s was written; copy it again, or delete %s to take it"
                                        + " as it is")
                                .formatted(
                                        folder.resolve(name),
                                        difference,
                                        EncoderDirectory.MANIFEST,
                                        EncoderDirectory.MANIFEST));
            }
        });
    }
}
