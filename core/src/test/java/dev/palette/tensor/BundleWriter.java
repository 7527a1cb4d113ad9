package dev.palette.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes small TensorFlow checkpoints byte by byte after the formats' descriptions, sharing no code with the reader. A block
 * holds {@code blockEntries} entries; keys share prefixes as LevelDB's do.
 */
public final class BundleWriter {
    private final Map<String, byte[]> index = new TreeMap<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private int blockEntries = 3;

    public BundleWriter() {
        index.put("", bytes(0x08, 1, 0x1a, 2, 0x08, 1)); // one shard; version 1
    }

    public static BundleWriter of(Collection<TensorData> tensors) {
        BundleWriter writer = new BundleWriter();
        tensors.forEach(writer::add);
        return writer;
    }

    public BundleWriter blockEntries(int entries) {
        blockEntries = entries;
        return this;
    }

    /** Single-precision only: data type 1. */
    public BundleWriter add(TensorData tensor) {
        byte[] values = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(values);
        index.put(tensor.name(), entry(1, tensor.shape(), data.size(), values.length, maskedCrc(values)));
        data.writeBytes(values);
        return this;
    }

    public BundleWriter put(String key, byte[] value) {
        index.put(key, value);
        return this;
    }

    public static byte[] entry(int dataType, List<Long> shape, long offset, long size, int crc) {
        ByteArrayOutputStream dims = new ByteArrayOutputStream();
        for (long size1 : shape) {
            ByteArrayOutputStream dim = new ByteArrayOutputStream();
            dim.write(0x08);
            dim.writeBytes(varint(size1));
            dims.write(0x12);
            dims.writeBytes(varint(dim.size()));
            dims.writeBytes(dim.toByteArray());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0x08, dataType, 0x12));
        out.writeBytes(varint(dims.size()));
        out.writeBytes(dims.toByteArray());
        out.write(0x20);
        out.writeBytes(varint(offset));
        out.write(0x28);
        out.writeBytes(varint(size));
        out.write(0x35);
        out.writeBytes(little(4).putInt(crc).array());
        return out.toByteArray();
    }

    /** Writes {@code prefix.index} and {@code prefix.data-00000-of-00001}. */
    public Path write(Path prefix) throws IOException {
        Files.createDirectories(prefix.toAbsolutePath().getParent());
        Files.write(prefix.resolveSibling(prefix.getFileName() + ".data-00000-of-00001"), data.toByteArray());
        Files.write(prefix.resolveSibling(prefix.getFileName() + ".index"), table());
        return prefix;
    }

    private byte[] table() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, byte[]> handles = new TreeMap<>();
        List<Map.Entry<String, byte[]>> all = new ArrayList<>(index.entrySet());
        for (int from = 0; from < all.size(); from += blockEntries) {
            List<Map.Entry<String, byte[]>> some = all.subList(from, Math.min(all.size(), from + blockEntries));
            handles.put(some.get(some.size() - 1).getKey(), writeBlock(out, some));
        }
        byte[] meta = writeBlock(out, List.of());
        byte[] root = writeBlock(out, new ArrayList<>(handles.entrySet()));
        ByteBuffer footer = little(48);
        footer.put(meta).put(root).putLong(40, 0xdb4775248b80fb57L);
        out.writeBytes(footer.array());
        return out.toByteArray();
    }

    private static byte[] writeBlock(ByteArrayOutputStream out, List<Map.Entry<String, byte[]>> entries) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        byte[] last = new byte[0];
        for (Map.Entry<String, byte[]> entry : entries) {
            byte[] key = entry.getKey().getBytes(UTF_8);
            int shared = 0;
            while (shared < Math.min(last.length, key.length) && last[shared] == key[shared]) {
                shared++;
            }
            block.writeBytes(varint(shared));
            block.writeBytes(varint(key.length - shared));
            block.writeBytes(varint(entry.getValue().length));
            block.write(key, shared, key.length - shared);
            block.writeBytes(entry.getValue());
            last = key;
        }
        block.writeBytes(little(8).putInt(0).putInt(1).array()); // one restart point, at 0
        int size = block.size();
        block.write(0); // not compressed
        byte[] content = block.toByteArray();
        ByteArrayOutputStream handle = new ByteArrayOutputStream();
        handle.writeBytes(varint(out.size()));
        handle.writeBytes(varint(size));
        out.writeBytes(content);
        out.writeBytes(little(4).putInt(maskedCrc(content)).array());
        return handle.toByteArray();
    }

    public static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        long value = crc.getValue();
        return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(int... values) {
        byte[] result = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (byte) values[i];
        }
        return result;
    }
}
