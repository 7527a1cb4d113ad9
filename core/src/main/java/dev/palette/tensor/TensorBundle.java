package dev.palette.tensor;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A TensorFlow checkpoint, open for reading: {@code variables.index} says which tensors there are, and
 * {@code variables.data-00000-of-00001} (and its like) holds their bytes.
 *
 * <p>The index is a {@link LevelDbTable} from names to {@link BundleEntry}; its first key, the empty one, is a header. A tensor's
 * bytes are mapped when it is asked for, and checked against their CRC-32C then. String tensors, which describe the program that
 * saved the checkpoint, are left out.
 */
public final class TensorBundle implements TensorFile {
    private static final long LONGEST_INDEX = 1 << 28;
    private static final int NUM_SHARDS = 1 << 3; // tags of the header's fields, both varints
    private static final int ENDIANNESS = 2 << 3;

    private final Path index;
    private final List<Shard> shards;
    private final Map<String, BundleEntry> places = new LinkedHashMap<>();
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

    /** A data file. */
    private record Shard(Path file, FileChannel channel, long size) {}

    private TensorBundle(Path index, List<Shard> shards) {
        this.index = index;
        this.shards = shards;
    }

    /**
     * Opens a checkpoint and checks every entry against the data files' lengths.
     *
     * @param prefix the files' common beginning, such as {@code …/variables/variables}
     * @throws PaletteException when a file is missing, unreadable or damaged
     */
    public static TensorBundle open(Path prefix) {
        Path index = prefix.resolveSibling(prefix.getFileName() + ".index");
        List<Shard> shards = new ArrayList<>();
        TensorBundle opened = null;
        try {
            if (Files.size(index) > LONGEST_INDEX) {
                throw damaged(
                        index,
                        "it has %d bytes, expected at most %d".formatted(Files.size(index), LONGEST_INDEX),
                        null);
            }
            Map<String, byte[]> table = LevelDbTable.read(index, Files.readAllBytes(index));
            byte[] header = table.remove("");
            if (header == null) {
                throw damaged(index, "it has no header", null);
            }
            openShards(prefix, shardCount(index, header), shards);
            TensorBundle bundle = new TensorBundle(index, shards);
            for (Map.Entry<String, byte[]> entry : table.entrySet()) {
                bundle.add(entry.getKey(), BundleEntry.parse(entry.getValue()));
            }
            opened = bundle;
            return bundle;
        } catch (NoSuchFileException e) {
            throw new PaletteException(
                    "%s does not exist, expected a TensorFlow checkpoint's file".formatted(e.getFile()), e);
        } catch (InvalidProtocolBufferException e) {
            throw damaged(index, "an entry is no valid message: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new PaletteException("cannot read the TensorFlow checkpoint %s: %s".formatted(prefix, e), e);
        } finally {
            if (opened == null) {
                close(shards);
            }
        }
    }

    /** The index. */
    @Override
    public Path path() {
        return index;
    }

    @Override
    public String format() {
        return "TensorFlow checkpoint";
    }

    /** The tensors' names, sorted as the index has them, with type and shape. */
    @Override
    public List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * A tensor's values, mapped from the file and compared with their checksum.
     *
     * @throws PaletteException when there is no tensor of that name, it is larger than 2 GiB or its checksum is wrong
     */
    @Override
    public TensorData tensor(String name) {
        TensorEntry entry = entries.get(name);
        BundleEntry place = places.get(name);
        if (entry == null || place == null) {
            throw new PaletteException("%s has no tensor '%s' among its %d; is it another model's checkpoint?"
                    .formatted(index, name, entries.size()));
        }
        Shard shard = shards.get(place.shard());
        TensorData tensor = MappedTensor.map(shard.file(), shard.channel(), entry, place.offset());
        CRC32C checksum = new CRC32C();
        checksum.update(tensor.bytes());
        if (FileDigest.masked(checksum) != place.checksum()) {
            throw damaged(shard.file(), "the checksum of tensor '%s' is wrong".formatted(name), null);
        }
        return tensor;
    }

    /** Closes the files; tensors already given out stay readable. */
    @Override
    public void close() {
        close(shards);
    }

    private void add(String name, BundleEntry place) {
        if (place.sliced()) {
            throw new PaletteException("tensor '%s' in %s is saved in slices, expected it whole; save it unpartitioned"
                    .formatted(name, index));
        }
        place.type().ifPresent(type -> {
            TensorEntry entry = entry(name, type, place.shape());
            if (place.shard() < 0 || place.shard() >= shards.size()) {
                throw damaged(
                        index,
                        "tensor '%s' is said to be in data file %d of %d".formatted(name, place.shard(), shards.size()),
                        null);
            }
            Shard shard = shards.get(place.shard());
            if (place.size() != entry.sizeInBytes()) {
                throw damaged(
                        index,
                        "tensor '%s' (%s) is said to have %d bytes, expected %d"
                                .formatted(name, entry.layout(), place.size(), entry.sizeInBytes()),
                        null);
            }
            if (place.offset() < 0 || place.offset() > shard.size() || place.size() > shard.size() - place.offset()) {
                throw damaged(
                        shard.file(),
                        "tensor '%s' is said to be at bytes %d and the next %d; the file has %d"
                                .formatted(name, place.offset(), place.size(), shard.size()),
                        null);
            }
            entries.put(name, entry);
            places.put(name, place);
        });
    }

    private TensorEntry entry(String name, ElementType type, List<Long> shape) {
        try {
            return new TensorEntry(name, type, shape);
        } catch (PaletteException e) {
            throw damaged(index, String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads {@code BundleHeaderProto}: how many data files, and that their numbers are little-endian. */
    private static int shardCount(Path index, byte[] header) throws IOException {
        int count = 0;
        int endianness = 0;
        CodedInputStream in = CodedInputStream.newInstance(header);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case NUM_SHARDS -> count = in.readInt32();
                case ENDIANNESS -> endianness = in.readEnum();
                default -> in.skipField(tag);
            }
        }
        if (count < 1) {
            throw damaged(index, "it claims %d data files".formatted(count), null);
        }
        if (endianness != 0) {
            throw new PaletteException(
                    "%s says that its numbers are big-endian, expected little-endian".formatted(index));
        }
        return count;
    }

    private static void openShards(Path prefix, int count, List<Shard> shards) throws IOException {
        for (int i = 0; i < count; i++) { // ends at the first that is missing, whatever the header claims
            Path file = prefix.resolveSibling("%s.data-%05d-of-%05d".formatted(prefix.getFileName(), i, count));
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            shards.add(new Shard(file, channel, channel.size()));
        }
    }

    private static void close(List<Shard> shards) {
        for (Shard shard : shards) {
            try {
                shard.channel().close();
            } catch (IOException e) {
                throw new PaletteException("cannot close %s: %s".formatted(shard.file(), e), e);
            }
        }
    }

    static PaletteException damaged(Path file, String finding, @Nullable Throwable cause) {
        return new PaletteException(
                "%s is no intact part of a TensorFlow checkpoint: %s; fetch it again".formatted(file, finding), cause);
    }
}
