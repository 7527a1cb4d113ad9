package dev.palette.tensor;

import static java.util.Objects.requireNonNull;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsHeader.Place;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, open for reading: an 8-byte length, a JSON header of that length, then the tensors' bytes.
 *
 * <p>Nothing but the header is read on opening. A tensor is mapped into memory when it is asked for, each by itself, so the
 * file may have any size and processes that open it share one copy. A mapped tensor stays valid after {@link #close()}.
 *
 * <p>The format: <a href="https://github.com/huggingface/safetensors#format">github.com/huggingface/safetensors</a>.
 */
public final class SafetensorsFile implements TensorFile {
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final long LONGEST_HEADER = 100_000_000; // the format's own bound

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataBegin;
    private final Map<String, TensorEntry> all = new LinkedHashMap<>();

    private SafetensorsFile(Path file, FileChannel channel, SafetensorsHeader header, long dataBegin) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataBegin = dataBegin;
        header.places().forEach((name, place) -> all.put(name, place.entry()));
        header.aliases()
                .forEach((alias, name) ->
                        all.put(alias, requireNonNull(all.get(name)).named(alias)));
    }

    /**
     * Opens a file and checks its header against its length.
     *
     * @throws PaletteException when the file is missing, unreadable or damaged; names the tensor that doesn't fit
     */
    public static SafetensorsFile open(Path file) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new PaletteException("%s does not exist, expected a safetensors file".formatted(file), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        boolean opened = false;
        try {
            SafetensorsFile result = read(file, channel);
            opened = true;
            return result;
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            if (!opened) {
                close(file, channel);
            }
        }
    }

    private static SafetensorsFile read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw SafetensorsHeader.damaged(
                    file, "it has %d bytes, expected at least %d".formatted(size, LENGTH_BYTES));
        }
        long length = ByteBuffer.wrap(read(channel, 0, LENGTH_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        long longest = Math.min(LONGEST_HEADER, size - LENGTH_BYTES);
        if (length < 0 || length > longest) {
            throw SafetensorsHeader.damaged(
                    file,
                    "its header claims %s bytes, expected at most %d"
                            .formatted(Long.toUnsignedString(length), longest));
        }
        long dataBegin = LENGTH_BYTES + length;
        byte[] header = read(channel, LENGTH_BYTES, (int) length);
        return new SafetensorsFile(file, channel, SafetensorsHeader.parse(file, header, size - dataBegin), dataBegin);
    }

    /** The file that was opened. */
    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return "safetensors file";
    }

    /** The tensors' names in the order of the file. */
    public Set<String> names() {
        return all.keySet();
    }

    /** Every tensor's name, type and shape in the order of the file; aliases come last. */
    @Override
    public List<TensorEntry> entries() {
        return List.copyOf(all.values());
    }

    /**
     * Names that stand in the metadata with the name of a tensor as their value: the form in which safetensors' own
     * {@code save_model} keeps tied weights, which it stores once.
     */
    @Override
    public Map<String, String> aliases() {
        return header.aliases();
    }

    /** The strings that were stored beside the tensors. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * A tensor's values, mapped from the file.
     *
     * @throws PaletteException when the file has no tensor of that name, or it is larger than the 2 GiB that a buffer holds
     */
    @Override
    public TensorData tensor(String name) {
        TensorEntry entry = all.get(name);
        Place place = header.places().get(header.aliases().getOrDefault(name, name));
        if (entry == null || place == null) {
            throw new PaletteException("%s has no tensor '%s' among its %d; is it the weights file of another model?"
                    .formatted(file, name, header.places().size()));
        }
        return MappedTensor.map(file, channel, entry, dataBegin + place.begin());
    }

    /** Closes the file; tensors already given out stay readable. */
    @Override
    public void close() {
        close(file, channel);
    }

    private static void close(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.array();
    }

    private static PaletteException unreadable(Path file, IOException e) {
        return new PaletteException("cannot read %s: %s".formatted(file, e), e);
    }
}
