package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes PyTorch archives: whole or not at all, one tensor at a time. Python's {@code torch.load(file, weights_only=True)} gives
 * an OrderedDict of the tensors under their names.
 *
 * <p>The same tensors make the same bytes. Storages begin at multiples of 64 bytes, as {@code torch.save} lays them, so that
 * they can be mapped.
 */
public final class PyTorchWriter {
    private static final String FOLDER = "archive/";
    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;
    private static final int FIELD_HEADER = 4;
    private static final int PADDING_FIELD = 'F' | 'B' << 8; // the extra field that torch.save pads with
    private static final int BLOCK = 1 << 16;
    private static final LocalDateTime ALWAYS =
            LocalDateTime.of(1980, 2, 1, 0, 0); // bytes must not depend on the clock

    private final ZipOutputStream zip;
    private final Counter counter;

    private PyTorchWriter(FileChannel channel) {
        counter = new Counter(channel);
        zip = new ZipOutputStream(counter);
    }

    /**
     * Replaces or creates {@code file} with tensors that need not be in memory together: each is asked for when its turn has
     * come, and can be forgotten after it.
     *
     * @param entries what will be written, in the order of the dictionary
     * @param values gives an entry's values
     * @param aliases entries that share the numbers of another one, by its name: they are not asked for
     * @throws PaletteException when two tensors share a name, an alias differs from what it shares, PyTorch has no such element
     *     type, values don't fit their entry or the file cannot be written
     */
    public static void write(
            Path file,
            Collection<TensorEntry> entries,
            Function<TensorEntry, TensorData> values,
            Map<String, String> aliases) {
        Map<TensorEntry, String> keys = keys(entries, aliases);
        StateDictPickle pickle = new StateDictPickle();
        keys.forEach(pickle::add);
        byte[] dictionary = pickle.finish();
        AtomicFile.write(file, channel -> {
            PyTorchWriter writer = new PyTorchWriter(channel);
            writer.store("data.pkl", ByteBuffer.wrap(dictionary));
            writer.store("byteorder", ascii("little"));
            for (Map.Entry<TensorEntry, String> tensor : keys.entrySet()) {
                TensorEntry entry = tensor.getKey();
                if (!aliases.containsKey(entry.name())) {
                    TensorData data = values.apply(entry);
                    if (!data.entry().equals(entry)) {
                        throw new PaletteException("tensor '%s' is %s, expected '%s' %s"
                                .formatted(data.name(), data.entry().layout(), entry.name(), entry.layout()));
                    }
                    writer.store("data/" + tensor.getValue(), data.bytes());
                }
            }
            writer.store("version", ascii("3\n"));
            writer.zip.finish();
        });
    }

    /** The key of each tensor's storage: storages are numbered, and an alias has the one of what it shares. */
    private static Map<TensorEntry, String> keys(Collection<TensorEntry> entries, Map<String, String> aliases) {
        Map<String, TensorEntry> byName = new LinkedHashMap<>();
        for (TensorEntry entry : entries) {
            if (byName.put(entry.name(), entry) != null) {
                throw new PaletteException("cannot store two tensors named '%s'".formatted(entry.name()));
            }
        }
        Set<String> stored = byName.keySet().stream()
                .filter(name -> !aliases.containsKey(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, String> numbers = new LinkedHashMap<>();
        stored.forEach(name -> numbers.put(name, String.valueOf(numbers.size())));
        Map<TensorEntry, String> keys = new LinkedHashMap<>();
        byName.forEach((name, entry) -> {
            String shared = aliases.getOrDefault(name, name);
            String key = numbers.get(shared);
            TensorEntry owner = byName.get(shared);
            if (key == null || owner == null || !owner.named(name).equals(entry)) {
                throw new PaletteException("tensor '%s' (%s) cannot share the numbers of '%s'%s"
                        .formatted(name, entry.layout(), shared, owner == null ? "" : " (" + owner.layout() + ")"));
            }
            keys.put(entry, key);
        });
        return keys;
    }

    private void store(String name, ByteBuffer content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        ZipEntry entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.remaining());
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(ALWAYS);
        entry.setExtra(padding(counter.position + LOCAL_HEADER + entry.getName().length() + FIELD_HEADER));
        zip.putNextEntry(entry);
        byte[] block = new byte[BLOCK];
        while (content.hasRemaining()) {
            int length = Math.min(block.length, content.remaining());
            content.get(block, 0, length);
            zip.write(block, 0, length);
        }
        zip.closeEntry();
    }

    /** An extra field after which the content begins at a multiple of the alignment. */
    private static byte[] padding(long position) {
        int length = (int) Math.floorMod(-position, (long) ALIGNMENT);
        byte[] field = new byte[FIELD_HEADER + length];
        field[0] = (byte) PADDING_FIELD;
        field[1] = (byte) (PADDING_FIELD >> Byte.SIZE);
        field[2] = (byte) length;
        return field;
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes to a channel and knows how far it has come. */
    private static final class Counter extends OutputStream {
        private final FileChannel channel;
        private long position;

        Counter(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            AtomicFile.writeFully(channel, ByteBuffer.wrap(bytes, from, length));
            position += length;
        }
    }
}
