package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Writes safetensors files: whole or not at all, one tensor at a time.
 *
 * <p>Tensors keep the given order, wider element types first, which is how the format keeps every value aligned without gaps.
 */
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /**
     * Replaces or creates {@code file} with these tensors.
     *
     * @param metadata strings to keep beside them
     * @return the file's CRC-32C, as {@link FileDigest#crc32c(Path)} would give it
     * @throws PaletteException when two tensors share a name or the file cannot be written
     */
    public static String write(Path file, Collection<TensorData> tensors, Map<String, String> metadata) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        List<TensorEntry> entries = tensors.stream().map(TensorData::entry).toList();
        return write(file, entries, entry -> Objects.requireNonNull(byName.get(entry.name())), metadata);
    }

    /**
     * Replaces or creates {@code file} with tensors that need not be in memory together: each is asked for when its turn has
     * come, and can be forgotten after it.
     *
     * @param entries what will be written
     * @param values gives an entry's values
     * @param metadata strings to keep beside them
     * @return the file's CRC-32C, as {@link FileDigest#crc32c(Path)} would give it
     * @throws PaletteException when two tensors share a name, values don't fit their entry or the file cannot be written
     */
    public static String write(
            Path file,
            Collection<TensorEntry> entries,
            Function<TensorEntry, TensorData> values,
            Map<String, String> metadata) {
        List<TensorEntry> widestFirst = entries.stream()
                .sorted(Comparator.comparing((TensorEntry entry) -> entry.type().bytes())
                        .reversed())
                .toList();
        byte[] header = SafetensorsHeader.layOut(widestFirst, metadata).toBytes();
        CRC32C checksum = new CRC32C();
        AtomicFile.write(file, channel -> {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            write(channel, length.putLong(header.length).flip(), checksum);
            write(channel, ByteBuffer.wrap(header), checksum);
            for (TensorEntry entry : widestFirst) {
                TensorData tensor = values.apply(entry);
                if (!tensor.entry().equals(entry)) {
                    throw new PaletteException("tensor '%s' is %s, expected '%s' %s"
                            .formatted(tensor.name(), tensor.entry().layout(), entry.name(), entry.layout()));
                }
                write(channel, tensor.bytes(), checksum);
            }
        });
        return FileDigest.hex(checksum);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, CRC32C checksum) throws IOException {
        checksum.update(bytes.duplicate());
        AtomicFile.writeFully(channel, bytes);
    }
}
