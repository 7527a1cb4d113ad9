package dev.palette.train;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palette.storage.SealedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A checkpoint's {@code state.json}: the state and the checksum of each file beside it, under a seal.
 *
 * @param checksums CRC-32C by file name
 */
record SealedState(TrainingState state, Map<String, String> checksums) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    void write(Path file) {
        SealedJson.write(file, JSON.valueToTree(this).toPrettyString());
    }

    /**
     * Reads what was written.
     *
     * @throws IOException when the file is missing, or is not as it was written
     */
    static SealedState read(Path file) throws IOException {
        try {
            return JSON.readValue(SealedJson.read(file), SealedState.class);
        } catch (IOException e) {
            throw new IOException("%s: %s".formatted(file.getFileName(), e.getMessage()), e);
        }
    }
}
