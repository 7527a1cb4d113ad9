package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The form that torch wrote before 1.6: five pickles one after the other (a mark, a version, what machine it was, the value, the
 * storages' keys), then for each key the storage's size and its bytes. It has no checksums.
 */
final class PyTorchLegacy {
    private static final String FORMAT = "PyTorch file of torch before 1.6";
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;
    private static final long LARGEST_PICKLES = 1 << 26;

    private PyTorchLegacy() {}

    /**
     * Opens a file.
     *
     * @throws PaletteException when it is damaged or holds more than tensors and plain containers
     */
    static TensorFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        PyTorchFile opened = null;
        try {
            opened = read(file, channel);
            return opened;
        } finally {
            if (opened == null) {
                channel.close();
            }
        }
    }

    private static PyTorchFile read(Path file, FileChannel channel) throws IOException {
        ByteBuffer beginning = channel.map(MapMode.READ_ONLY, 0, Math.min(channel.size(), LARGEST_PICKLES));
        PickleStream in = new PickleStream(file, beginning);
        Map<String, TorchStorage> storages = new HashMap<>();
        if (!MAGIC.equals(Unpickler.read(in, storages))
                || !Long.valueOf(VERSION).equals(Unpickler.read(in, storages))) {
            throw new PaletteException(
                    "%s is a pickle, but not one that torch.save wrote; save it by torch.save".formatted(file));
        }
        if (!(Unpickler.read(in, storages) instanceof Map<?, ?> machine)
                || !Boolean.TRUE.equals(machine.get("little_endian"))) {
            throw new PaletteException(
                    "%s does not say that its numbers are little-endian, expected so; save it on another machine"
                            .formatted(file));
        }
        StateDict content = StateDict.in(Unpickler.read(in, storages), file);
        if (!(Unpickler.read(in, new HashMap<>()) instanceof List<?> keys)) {
            throw PyTorchFile.damaged(file, "it has no list of storages");
        }
        return new PyTorchFile(file, channel, FORMAT, content, places(file, channel, in.position(), keys, storages));
    }

    /** Walks over the storages; the size of each tells where the next one begins. */
    private static Map<String, PyTorchFile.Place> places(
            Path file, FileChannel channel, long begin, List<?> keys, Map<String, TorchStorage> storages)
            throws IOException {
        Map<String, PyTorchFile.Place> places = new HashMap<>();
        long position = begin;
        for (Object key : keys) {
            TorchStorage storage = key instanceof String text ? storages.get(text) : null;
            if (storage == null) {
                throw PyTorchFile.damaged(file, "it has a storage that its pickle doesn't mention");
            }
            int width = storage.type().bytes();
            long room = channel.size() - position - Long.BYTES;
            long size = room < 0 ? -1 : size(channel, position);
            if (size < 0 || size > room / width) {
                throw PyTorchFile.damaged(
                        file,
                        "it ends at byte %d, within its storages, as when it was cut short".formatted(channel.size()));
            }
            FileRegion region = new FileRegion(position + Long.BYTES, size * width);
            if (places.put(storage.key(), new PyTorchFile.Place(region, null)) != null) {
                throw PyTorchFile.damaged(file, "it has the storage '%s' twice".formatted(key));
            }
            position = region.end();
        }
        return places;
    }

    private static long size(FileChannel channel, long position) throws IOException {
        ByteBuffer size = channel.map(MapMode.READ_ONLY, position, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return size.getLong();
    }
}
