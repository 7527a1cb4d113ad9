package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The form that torch has written since 1.6: a zip, nothing compressed, with {@code data.pkl}, one file {@code data/KEY} for each
 * storage, and from 2.1 on {@code byteorder}, all in one folder of any name.
 */
final class PyTorchArchive {
    private static final String FORMAT = "PyTorch archive";
    private static final String PICKLE = "/data.pkl";
    private static final long LARGEST_PICKLE = 1 << 26;
    private static final int LARGEST_MARK = 16;

    private PyTorchArchive() {}

    /**
     * Opens an archive.
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
        Map<String, ZipDirectory.Entry> entries = ZipDirectory.read(file, channel);
        List<ZipDirectory.Entry> pickles = entries.values().stream()
                .filter(entry -> entry.name().endsWith(PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw PyTorchFile.damaged(file, "it holds %d files data.pkl, expected 1".formatted(pickles.size()));
        }
        ZipDirectory.Entry pickled = pickles.get(0);
        String folder = pickled.name().substring(0, pickled.name().length() - PICKLE.length() + 1);
        requireLittleEndian(file, channel, entries.get(folder + "byteorder"));
        PickleStream pickle = new PickleStream(file, content(file, channel, pickled, LARGEST_PICKLE));
        StateDict content = StateDict.in(Unpickler.read(pickle, new HashMap<>()), file);
        Map<String, PyTorchFile.Place> storages = new HashMap<>();
        String data = folder + "data/";
        entries.forEach((name, entry) -> {
            if (name.startsWith(data)) {
                storages.put(name.substring(data.length()), new PyTorchFile.Place(entry.content(), entry.crc()));
            }
        });
        return new PyTorchFile(file, channel, FORMAT, content, storages);
    }

    private static void requireLittleEndian(Path file, FileChannel channel, ZipDirectory.@Nullable Entry mark)
            throws IOException {
        if (mark == null) {
            return; // torch before 2.1 wrote none, and ran on little-endian machines
        }
        String order = StandardCharsets.ISO_8859_1
                .decode(content(file, channel, mark, LARGEST_MARK))
                .toString();
        if (!order.equals("little")) {
            throw new PaletteException(
                    "%s says that its numbers are %s-endian, expected little; save it on another machine"
                            .formatted(file, order));
        }
    }

    private static ByteBuffer content(Path file, FileChannel channel, ZipDirectory.Entry entry, long largest)
            throws IOException {
        if (entry.content().length() > largest) {
            throw PyTorchFile.damaged(
                    file,
                    "entry '%s' has %d bytes, expected at most %d"
                            .formatted(entry.name(), entry.content().length(), largest));
        }
        ByteBuffer bytes = channel.map(
                MapMode.READ_ONLY, entry.content().offset(), entry.content().length());
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        if ((int) crc.getValue() != entry.crc()) {
            throw PyTorchFile.damaged(file, "the checksum of entry '%s' is wrong".formatted(entry.name()));
        }
        return bytes;
    }
}
