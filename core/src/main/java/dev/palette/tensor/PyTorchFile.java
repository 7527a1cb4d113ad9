package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file that Python's {@code torch.save} wrote, open for reading: a pickle that names the tensors and says how they view their
 * storages, and the storages' bytes. {@link PyTorchArchive} and {@link PyTorchLegacy} find the two in a file.
 *
 * <p>What is out of order in memory (a transposed matrix, a column of a larger one) is put in order when it is asked for; all
 * else is mapped.
 */
final class PyTorchFile implements TensorFile {
    private static final long BLOCK = 1 << 26;

    private final Path file;
    private final FileChannel channel;
    private final String format;
    private final Map<String, Place> storages;
    private final Map<String, TorchTensor> tensors;
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Set<String> intact = new HashSet<>();

    /**
     * Where a storage lies.
     *
     * @param region its bytes
     * @param crc their CRC-32; null where the format has none
     */
    record Place(FileRegion region, @Nullable Integer crc) {}

    /**
     * A file whose tensors are checked against its storages.
     *
     * @param format as {@link #format()}, without the member
     * @param storages each storage's place by its key
     */
    PyTorchFile(Path file, FileChannel channel, String format, StateDict content, Map<String, Place> storages) {
        this.file = file;
        this.channel = channel;
        this.format = content.member().isEmpty() ? format : "%s, of it '%s'".formatted(format, content.member());
        this.storages = storages;
        this.tensors = content.tensors();
        tensors.forEach((name, tensor) -> entries.put(name, checked(name, tensor)));
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public Map<String, String> aliases() {
        Map<TorchTensor, String> first = new HashMap<>();
        Map<String, String> aliases = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String earlier = first.putIfAbsent(tensor, name);
            if (earlier != null && !tensor.shape().contains(0L)) {
                aliases.put(name, earlier);
            }
        });
        return aliases;
    }

    @Override
    public TensorData tensor(String name) {
        TorchTensor tensor = tensors.get(name);
        TensorEntry entry = entries.get(name);
        if (tensor == null || entry == null) {
            throw new PaletteException("%s has no tensor '%s' among its %d; is it the file of another model?"
                    .formatted(file, name, entries.size()));
        }
        Place place = Objects.requireNonNull(storages.get(tensor.storage().key()));
        if (place.crc() != null && intact.add(tensor.storage().key())) {
            compare(name, place.region(), place.crc());
        }
        long begin = place.region().offset()
                + tensor.offset() * tensor.storage().type().bytes();
        if (tensor.contiguous()) {
            return MappedTensor.map(file, channel, entry, begin);
        }
        TensorEntry viewed = new TensorEntry(name, entry.type(), List.of(tensor.span(name)));
        ByteBuffer bytes = MappedTensor.map(file, channel, viewed, begin).bytes();
        return new TensorData(name, entry.type(), entry.shape(), tensor.gather(bytes, entry));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private TensorEntry checked(String name, TorchTensor tensor) {
        TorchStorage storage = tensor.storage();
        Place place = storages.get(storage.key());
        if (place == null) {
            throw damaged(file, "the storage '%s' of tensor '%s' is missing".formatted(storage.key(), name));
        }
        long length = place.region().length();
        if (length % storage.type().bytes() != 0 || length / storage.type().bytes() != storage.size()) {
            throw damaged(
                    file,
                    "the storage '%s' of tensor '%s' has %d bytes, expected %d numbers of type %s"
                            .formatted(storage.key(), name, length, storage.size(), storage.type()));
        }
        try {
            return tensor.entry(name);
        } catch (PaletteException e) {
            throw new PaletteException(damaged(file, e.getMessage()).getMessage(), e);
        }
    }

    private void compare(String name, FileRegion region, int expected) {
        CRC32 crc = new CRC32();
        try {
            for (long at = region.offset(); at < region.end(); at += BLOCK) {
                crc.update(channel.map(MapMode.READ_ONLY, at, Math.min(BLOCK, region.end() - at)));
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if ((int) crc.getValue() != expected) {
            throw damaged(file, "the checksum of tensor '%s' is wrong".formatted(name));
        }
    }

    static PaletteException damaged(Path file, String finding) {
        return new PaletteException(
                "%s is no intact PyTorch file: %s; fetch it again, or save it again".formatted(file, finding));
    }

    static PaletteException unreadable(Path file, IOException e) {
        return new PaletteException("cannot read %s: %s".formatted(file, e), e);
    }
}
