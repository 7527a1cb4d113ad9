package dev.palette.tensor;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A LevelDB table: the sorted dictionary in which a TensorBundle keeps its index.
 *
 * <p>The table is a row of blocks and a footer. A block is a run of entries, each key written as what it shares with the key
 * before and what is new, then the offsets of the keys that are written in full; one byte says how the block is compressed, four
 * are its masked CRC-32C. The footer names one block, whose values name all the others. Numbers are varints, as in Protocol
 * Buffers, whose reader serves here: it refuses every length that exceeds its input.
 *
 * <p>The format: <a href="https://github.com/google/leveldb/blob/main/doc/table_format.md">leveldb/doc/table_format.md</a>.
 */
final class LevelDbTable {
    static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5; // compression, checksum
    private static final int LONGEST_KEY = 4096;

    private final Path file;
    private final byte[] bytes;

    private LevelDbTable(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * All keys with their values, in the order of the table.
     *
     * @param file where the bytes come from, for messages
     * @throws PaletteException when the table is damaged or compressed
     */
    static Map<String, byte[]> read(Path file, byte[] bytes) {
        try {
            return new LevelDbTable(file, bytes).entries();
        } catch (InvalidProtocolBufferException e) {
            throw TensorBundle.damaged(file, "a length in it exceeds its block", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private Map<String, byte[]> entries() throws IOException {
        if (bytes.length < FOOTER_BYTES
                || ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.length - Long.BYTES) != MAGIC) {
            throw TensorBundle.damaged(file, "it does not end in the mark of a LevelDB table", null);
        }
        CodedInputStream footer = CodedInputStream.newInstance(bytes, bytes.length - FOOTER_BYTES, FOOTER_BYTES);
        block(footer); // of filters and statistics, empty
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (byte[] handle : entries(block(footer)).values()) {
            entries(block(CodedInputStream.newInstance(handle))).forEach((key, value) -> {
                if (all.put(key, value) != null) {
                    throw TensorBundle.damaged(file, "it holds '%s' twice".formatted(key), null);
                }
            });
        }
        return all;
    }

    /** Follows a handle (offset and size) to a block's content, and checks it. */
    private ByteBuffer block(CodedInputStream handle) throws IOException {
        long offset = handle.readRawVarint64();
        long size = handle.readRawVarint64();
        long room = (long) bytes.length - FOOTER_BYTES - TRAILER_BYTES;
        if (offset < 0 || size < Integer.BYTES || offset > room || size > room - offset) {
            throw TensorBundle.damaged(file, "a block of %d bytes is said to be at %d".formatted(size, offset), null);
        }
        ByteBuffer content =
                ByteBuffer.wrap(bytes, (int) offset, (int) size).slice().order(ByteOrder.LITTLE_ENDIAN);
        int trailer = (int) (offset + size);
        if (bytes[trailer] != 0) {
            throw TensorBundle.damaged(file, "it is compressed, which a TensorFlow checkpoint's never is", null);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, (int) offset, (int) size + 1);
        int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer + 1);
        if (FileDigest.masked(checksum) != stored) {
            throw TensorBundle.damaged(file, "the checksum of the block at %d is wrong".formatted(offset), null);
        }
        return content;
    }

    private Map<String, byte[]> entries(ByteBuffer block) throws IOException {
        int restarts = block.getInt(block.limit() - Integer.BYTES);
        long end = block.limit() - Integer.BYTES * (1L + restarts);
        if (restarts < 0 || end < 0) {
            throw TensorBundle.damaged(file, "a block claims %d restart points".formatted(restarts), null);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        CodedInputStream in = CodedInputStream.newInstance(block.array(), block.arrayOffset(), (int) end);
        byte[] key = new byte[0];
        while (!in.isAtEnd()) {
            int shared = in.readRawVarint32();
            int added = in.readRawVarint32();
            int valueLength = in.readRawVarint32();
            if (shared < 0 || shared > key.length || added < 0 || added > LONGEST_KEY - shared) {
                throw TensorBundle.damaged(
                        file,
                        "a key is said to be %d bytes of the one before and %d more".formatted(shared, added),
                        null);
            }
            byte[] rest = in.readRawBytes(added);
            key = Arrays.copyOf(key, shared + added);
            System.arraycopy(rest, 0, key, shared, added);
            entries.put(new String(key, StandardCharsets.UTF_8), in.readRawBytes(valueLength));
        }
        return entries;
    }
}
