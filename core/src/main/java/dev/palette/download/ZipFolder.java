package dev.palette.download;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a zip archive. Only the files that lie directly in it are taken: GLUE's archives also hold the data in the form that
 * their authors gave them, in folders of their own, several times as large.
 *
 * <p>An archive is not trusted. One with a name that leads out of its folder is refused as a whole; no file may be longer than the
 * archive says, and each must have the checksum that the archive gives.
 */
final class ZipFolder {
    private static final int BLOCK = 1 << 16;

    private final Path archive;
    private final String prefix;

    ZipFolder(Path archive, String folder) {
        this.archive = archive;
        this.prefix = folder + "/";
    }

    /**
     * Unpacks its files.
     *
     * @throws PaletteException when the archive is damaged or hostile, has no such folder, or there is no room
     */
    void extract(Path into) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            List<? extends ZipEntry> all = zip.stream().toList();
            all.forEach(this::requireInside);
            List<? extends ZipEntry> wanted =
                    all.stream().filter(this::liesDirectlyInFolder).toList();
            if (wanted.isEmpty()) {
                throw new PaletteException(
                        "%s holds no file in '%s', only %s".formatted(archive, prefix, firstOf(all)));
            }
            requireRoom(wanted, into);
            for (ZipEntry entry : wanted) {
                extract(zip, entry, into.resolve(entry.getName().substring(prefix.length())));
            }
        } catch (IOException | IllegalArgumentException e) { // the latter: a name that is no text
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    /** Refuses a name that leads out of the folder that an archive is unpacked in, for whoever unpacks it ("zip slip"). */
    private void requireInside(ZipEntry entry) {
        String name = entry.getName();
        boolean absolute = name.startsWith("/") || name.contains(":") || name.contains("\\") || name.contains("\0");
        if (absolute || List.of(name.split("/", -1)).contains("..")) {
            throw new PaletteException(
                    "%s is refused: its entry '%s' leads out of the folder it is unpacked in; nothing of it was unpacked"
                            .formatted(archive, name));
        }
    }

    private boolean liesDirectlyInFolder(ZipEntry entry) {
        String name = entry.getName();
        return name.startsWith(prefix) && name.length() > prefix.length() && name.indexOf('/', prefix.length()) < 0;
    }

    private void requireRoom(List<? extends ZipEntry> entries, Path into) throws IOException {
        long needed = 0;
        for (ZipEntry entry : entries) {
            if (entry.getSize() < 0) {
                throw damaged("the size of %s is missing".formatted(entry.getName()), null);
            }
            needed = Math.addExact(needed, entry.getSize());
        }
        long free = Files.getFileStore(into).getUsableSpace();
        if (needed > free) {
            throw new PaletteException(
                    "%s does not fit: it needs %,d MB, %s has %,d MB free; make room or choose another folder"
                            .formatted(archive, needed / 1_000_000, into.getParent(), free / 1_000_000));
        }
    }

    private void extract(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        if (Files.exists(file)) {
            throw damaged("it has two entries " + entry.getName(), null);
        }
        CRC32 crc = new CRC32(); // java.util.zip.ZipFile itself compares no checksums
        AtomicFile.write(file, channel -> {
            try (InputStream content = new CheckedInputStream(zip.getInputStream(entry), crc)) {
                copy(entry, content, channel);
            } catch (ZipException e) {
                throw damaged(entry.getName() + ": " + e.getMessage(), e);
            }
            if (channel.size() != entry.getSize() || crc.getValue() != entry.getCrc()) {
                throw damaged("the checksum of %s does not fit its content".formatted(entry.getName()), null);
            }
        });
    }

    private void copy(ZipEntry entry, InputStream content, FileChannel file) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = content.read(block); read >= 0; read = content.read(block)) {
            if (file.position() + read > entry.getSize()) {
                throw damaged("%s is longer than the archive says".formatted(entry.getName()), null);
            }
            AtomicFile.writeFully(file, ByteBuffer.wrap(block, 0, read));
        }
    }

    private PaletteException damaged(String why, @Nullable Throwable cause) {
        return new PaletteException(
                "%s is damaged: %s; remove it and run again to fetch it anew".formatted(archive, why), cause);
    }

    private static String firstOf(List<? extends ZipEntry> entries) {
        return entries.isEmpty()
                ? "nothing at all"
                : String.join(
                        ", ", entries.stream().limit(5).map(ZipEntry::getName).toList());
    }
}
