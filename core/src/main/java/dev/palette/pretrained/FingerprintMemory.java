package dev.palette.pretrained;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.pretrained.EncoderManifest.Fingerprint;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the SHA-256 of files, such as weights without a {@code source.json} or data, so that it is computed once: a folder
 * with one small file for each path, believed only while size and CRC-32C are the same.
 */
public final class FingerprintMemory {
    private static final Logger log = LoggerFactory.getLogger(FingerprintMemory.class);
    private static final ObjectMapper json = new ObjectMapper();

    private final Path folder;

    private FingerprintMemory(Path folder) {
        this.folder = folder;
    }

    /**
     * The memory of a cache.
     *
     * @param cache the folder of everything that is kept
     */
    public static FingerprintMemory in(Path cache) {
        return new FingerprintMemory(cache.resolve("fingerprints"));
    }

    /**
     * SHA-256 of a file, hexadecimal.
     *
     * @throws PaletteException when the file cannot be read, or the memory not be written
     */
    public String sha256(Path file) {
        Path note = folder.resolve(FileDigest.sha256(realPath(file).getBytes(StandardCharsets.UTF_8)) + ".json");
        if (Files.isRegularFile(note)) {
            Fingerprint remembered = read(note);
            if (remembered.difference(file).isEmpty()) {
                return remembered.sha256();
            }
        }
        Fingerprint computed = Fingerprint.of(file);
        AtomicFile.writeText(note, json.valueToTree(computed).toPrettyString() + "\n");
        return computed.sha256();
    }

    private static Fingerprint read(Path note) {
        try {
            return json.readValue(Files.readAllBytes(note), Fingerprint.class);
        } catch (JsonProcessingException e) {
            log.warn("{} is damaged and will be made again: {}", note, e.getOriginalMessage());
            return new Fingerprint(-1, "", "");
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(note, e), e);
        }
    }

    private static String realPath(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
