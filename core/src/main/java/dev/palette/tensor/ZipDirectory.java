package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the entries of a PyTorch archive lie: a zip in which nothing is compressed, so that tensors are mapped and not read.
 *
 * <p>The zip libraries don't serve here: the JDK's does not tell where an entry's bytes are, and none refuses, before it takes
 * memory, what makes a zip hostile. Here every claim is held against the file: entries that overlap, leave the file, are
 * compressed (and may grow without bound), have two sizes, share a name or have one that is a path out of the archive.
 *
 * <p>The format: <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT</a>; the numbers of its
 * sections stand below.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50; // 4.3.16
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR = 0x07064b50; // 4.3.15
    private static final int LOCATOR_BYTES = 20;
    private static final int END64 = 0x06064b50; // 4.3.14
    private static final int END64_BYTES = 56;
    private static final int CENTRAL = 0x02014b50; // 4.3.12
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL = 0x04034b50; // 4.3.7
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 8; // the local header has none
    private static final int ZIP64_FIELD = 1; // 4.5.3
    private static final long IN_ZIP64_FIELD = 0xffffffffL;
    private static final long LARGEST_DIRECTORY = 1 << 24;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * A file in the archive.
     *
     * @param header position of its local header
     * @param content its bytes
     * @param crc their CRC-32
     */
    record Entry(String name, long header, FileRegion content, int crc) {}

    private ZipDirectory(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * All entries by name, in the archive's order.
     *
     * @throws PaletteException when the archive is damaged, compressed or hostile
     */
    static Map<String, Entry> read(Path file, FileChannel channel) throws IOException {
        ZipDirectory directory = new ZipDirectory(file, channel);
        FileRegion central = directory.findCentral();
        ByteBuffer headers = directory.bytes(central);
        while (headers.hasRemaining()) {
            directory.add(headers, central.offset());
        }
        directory.refuseOverlaps();
        return directory.entries;
    }

    /** The region of all central headers, by the record at the end of the file. */
    private FileRegion findCentral() throws IOException {
        long size = channel.size();
        int window = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = bytes(new FileRegion(size - window, window));
        int at = window - END_BYTES;
        while (at >= 0 && (tail.getInt(at) != END || unsigned(tail.getShort(at + 20)) != window - at - END_BYTES)) {
            at--;
        }
        if (at < 0) {
            throw damaged("it has no table of contents at its end, as when it was cut short");
        }
        long end = size - window + at;
        FileRegion central = new FileRegion(unsigned(tail.getInt(at + 16)), unsigned(tail.getInt(at + 12)));
        if (central.offset() == IN_ZIP64_FIELD
                || central.length() == IN_ZIP64_FIELD
                || unsigned(tail.getShort(at + 10)) == LONGEST_COMMENT) {
            long record = end64(end);
            ByteBuffer end64 = bytes(new FileRegion(record, END64_BYTES));
            central = new FileRegion(end64.getLong(48), end64.getLong(40));
            end = record;
        }
        if (central.offset() < 0 || central.length() < 0 || central.length() > end - central.offset()) {
            throw damaged("its table of contents is said to be at byte %d and %d long, before byte %d"
                    .formatted(central.offset(), central.length(), end));
        }
        if (central.length() > LARGEST_DIRECTORY) {
            throw damaged("its table of contents is said to have %d bytes, expected at most %d"
                    .formatted(central.length(), LARGEST_DIRECTORY));
        }
        return central;
    }

    private long end64(long end) throws IOException {
        long position = end - LOCATOR_BYTES;
        ByteBuffer locator = bytes(new FileRegion(position, LOCATOR_BYTES));
        long record = locator.getLong(8);
        if (locator.getInt(0) != LOCATOR || record < 0 || record > position - END64_BYTES) {
            throw damaged("the record that a large archive needs at its end is missing");
        }
        if (bytes(new FileRegion(record, END64_BYTES)).getInt(0) != END64) {
            throw damaged("the record that a large archive needs at its end is not where it is said to be");
        }
        return record;
    }

    private void add(ByteBuffer headers, long end) throws IOException {
        int at = headers.position();
        if (headers.remaining() < CENTRAL_BYTES || headers.getInt(at) != CENTRAL) {
            throw damaged("its table of contents has no entry where one should be");
        }
        int nameLength = unsigned(headers.getShort(at + 28));
        int extraLength = unsigned(headers.getShort(at + 30));
        long next = (long) CENTRAL_BYTES + nameLength + extraLength + unsigned(headers.getShort(at + 32));
        if (next > headers.remaining()) {
            throw damaged("an entry of its table of contents leaves it");
        }
        String name = name(headers.slice(at + CENTRAL_BYTES, nameLength));
        ByteBuffer extra =
                headers.slice(at + CENTRAL_BYTES + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
        long[] sizes = {
            unsigned(headers.getInt(at + 24)), unsigned(headers.getInt(at + 20)), unsigned(headers.getInt(at + 42))
        };
        widen(name, sizes, extra);
        int flags = unsigned(headers.getShort(at + 8));
        if (headers.getShort(at + 10) != 0 || sizes[0] != sizes[1] || (flags & ENCRYPTED) != 0) {
            throw damaged("entry '%s' is compressed or encrypted, which torch.save never does".formatted(name));
        }
        Entry entry = locate(name, sizes[2], sizes[0], headers.getInt(at + 16), end);
        if (entries.put(name, entry) != null) {
            throw damaged("it has entry '%s' twice".formatted(name));
        }
        headers.position(Math.toIntExact(at + next));
    }

    /** Takes from the ZIP64 field, in its order, each of size, compressed size and offset that doesn't fit 32 bits. */
    private void widen(String name, long[] sizes, ByteBuffer extra) {
        while (extra.remaining() >= 2 * Short.BYTES) {
            int id = unsigned(extra.getShort());
            int length = unsigned(extra.getShort());
            if (length > extra.remaining()) {
                throw damaged("an extra field of entry '%s' leaves it".formatted(name));
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; id == ZIP64_FIELD && i < sizes.length; i++) {
                if (sizes[i] == IN_ZIP64_FIELD && field.remaining() >= Long.BYTES) {
                    sizes[i] = field.getLong();
                }
            }
            extra.position(extra.position() + length);
        }
    }

    /** Follows an entry to its local header, behind which its bytes are, and compares the two. */
    private Entry locate(String name, long header, long size, int crc, long end) throws IOException {
        if (header < 0 || header > end - LOCAL_BYTES) {
            throw damaged("entry '%s' is said to be at byte %d, expected before byte %d".formatted(name, header, end));
        }
        ByteBuffer local = bytes(new FileRegion(header, LOCAL_BYTES));
        int nameLength = unsigned(local.getShort(26));
        long begin = header + LOCAL_BYTES + nameLength + unsigned(local.getShort(28));
        if (local.getInt(0) != LOCAL || begin > end || size < 0 || size > end - begin) {
            throw damaged(
                    "entry '%s' of %d bytes does not lie between bytes %d and %d".formatted(name, size, header, end));
        }
        long localSize = unsigned(local.getInt(22));
        boolean sizesFollow = (unsigned(local.getShort(6)) & SIZES_FOLLOW) != 0;
        boolean sameSize = sizesFollow || localSize == size || localSize == IN_ZIP64_FIELD;
        if (!sameSize
                || local.getShort(8) != 0
                || !name(bytes(new FileRegion(header + LOCAL_BYTES, nameLength)))
                        .equals(name)) {
            throw damaged("entry '%s' says one thing of itself where it lies and another in the table of contents"
                    .formatted(name));
        }
        return new Entry(name, header, new FileRegion(begin, size), crc);
    }

    private void refuseOverlaps() {
        List<Entry> inOrder = new ArrayList<>(entries.values());
        inOrder.sort(Comparator.comparingLong(Entry::header));
        for (int i = 1; i < inOrder.size(); i++) {
            Entry before = inOrder.get(i - 1);
            if (before.content().end() > inOrder.get(i).header()) {
                throw damaged("entries '%s' and '%s' overlap"
                        .formatted(before.name(), inOrder.get(i).name()));
            }
        }
    }

    private String name(ByteBuffer bytes) {
        String name;
        try {
            name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new PaletteException(damaged("an entry's name is no UTF-8").getMessage(), e);
        }
        boolean outside = name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../");
        if (name.isEmpty() || outside || name.indexOf('\0') >= 0) {
            throw damaged("an entry is named '%s', which is no place in an archive".formatted(name));
        }
        return name;
    }

    private ByteBuffer bytes(FileRegion region) throws IOException {
        if (region.offset() < 0 || region.end() > channel.size()) {
            throw damaged("it ends at byte %d, where more is needed".formatted(channel.size()));
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(region.length())).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, region.offset() + bytes.position()) < 0) {
                throw damaged("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private PaletteException damaged(String finding) {
        return PyTorchFile.damaged(file, finding);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
