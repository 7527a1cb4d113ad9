package dev.palette.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A checkpoint's {@code state.json}: the state, the checksum of each file beside it, and a seal, the CRC-32C of all that, by which
 * damage to this file itself is seen.
 *
 * @param checksums CRC-32C by file name
 */
record SealedState(TrainingState state, Map<String, String> checksums) {
    private static final String SEAL = "seal";
    private static final ObjectMapper JSON = new ObjectMapper();

    void write(Path file) {
        ObjectNode content = JSON.valueToTree(this);
        AtomicFile.writeText(file, content.put(SEAL, seal(content)).toString());
    }

    /**
     * Reads what was written.
     *
     * @throws IOException when the file is missing, or is not as it was written
     */
    static SealedState read(Path file) throws IOException {
        JsonNode read = JSON.readTree(Files.readAllBytes(file));
        if (!(read instanceof ObjectNode content)) {
            throw new IOException("%s holds no JSON object".formatted(file.getFileName()));
        }
        JsonNode seal = content.remove(SEAL);
        if (seal == null || !seal.asText().equals(seal(content))) {
            throw new IOException("%s is not as it was written".formatted(file.getFileName()));
        }
        return JSON.treeToValue(content, SealedState.class);
    }

    private static String seal(ObjectNode content) {
        CRC32C crc = new CRC32C();
        crc.update(content.toString().getBytes(StandardCharsets.UTF_8));
        return FileDigest.hex(crc);
    }
}
