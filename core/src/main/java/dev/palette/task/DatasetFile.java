package dev.palette.task;

import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A dataset's arrays in a safetensors file, with the key they were made under and a checksum over both. They are mapped, not
 * read; the checksum passes over them once, at memory speed.
 */
final class DatasetFile {
    private static final String KEY = "key";
    private static final String REMARKS = "remarks";
    private static final String CHECKSUM = "crc32c";

    private DatasetFile() {}

    /** Writes the file, whole or not at all. */
    static void write(Path file, String key, DatasetArrays arrays) {
        Map<String, String> metadata =
                Map.of(KEY, key, REMARKS, String.join("\n", arrays.remarks()), CHECKSUM, checksum(key, arrays));
        SafetensorsWriter.write(file, arrays.tensors().values(), metadata);
    }

    /**
     * The arrays of a file.
     *
     * @throws PaletteException when it is damaged, or made under another key
     */
    static DatasetArrays read(Path file, String key) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            String found = opened.metadata().getOrDefault(KEY, "");
            if (!found.equals(key)) {
                throw new PaletteException("%s was made for '%s', expected '%s'".formatted(file, found, key));
            }
            List<TensorData> tensors = new ArrayList<>();
            for (String name : opened.names()) {
                if (!opened.aliases().containsKey(name)) {
                    tensors.add(opened.tensor(name));
                }
            }
            String remarks = opened.metadata().getOrDefault(REMARKS, "");
            DatasetArrays arrays = DatasetArrays.of(tensors, remarks.lines().toList());
            String expected = opened.metadata().getOrDefault(CHECKSUM, "none");
            String computed = checksum(key, arrays);
            if (!computed.equals(expected)) {
                throw new PaletteException(
                        "%s is damaged: its CRC-32C is %s, expected %s".formatted(file, computed, expected));
            }
            return arrays;
        }
    }

    private static String checksum(String key, DatasetArrays arrays) {
        CRC32C crc = new CRC32C();
        update(crc, key);
        arrays.remarks().forEach(remark -> update(crc, remark));
        arrays.tensors().keySet().stream().sorted().forEach(name -> {
            TensorData tensor = arrays.tensor(name);
            update(crc, name + tensor.entry().layout());
            crc.update(tensor.bytes());
        });
        return FileDigest.hex(crc);
    }

    private static void update(CRC32C crc, String text) {
        crc.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
