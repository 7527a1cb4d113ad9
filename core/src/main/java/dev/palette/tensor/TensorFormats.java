package dev.palette.tensor;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognises a file's format by what is in it: the first bytes, or the last where those say it. */
final class TensorFormats {
    private static final String KNOWN = "a safetensors file, a PyTorch file, a TensorFlow checkpoint or a SavedModel";
    private static final String INDEX = ".index";
    private static final Pattern DATA_FILE = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
    private static final int ZIP = 0x04034b50;
    private static final int PICKLE = 0x80;
    private static final int BRACE = '{';
    private static final int FIRST_BYTES = 9;

    private TensorFormats() {}

    static TensorFile open(Path path) {
        if (Files.isDirectory(path)) {
            return TensorBundle.open(checkpointIn(path));
        }
        if (Files.isRegularFile(path)) {
            return openFile(path);
        }
        if (Files.isRegularFile(path.resolveSibling(path.getFileName() + INDEX))) {
            return TensorBundle.open(path);
        }
        throw new PaletteException("%s does not exist, expected %s".formatted(path, KNOWN));
    }

    private static TensorFile openFile(Path file) {
        String name = file.getFileName().toString();
        if (ShardedSafetensors.isIndex(file)) {
            return ShardedSafetensors.open(file);
        }
        Matcher data = DATA_FILE.matcher(name);
        if (data.matches()) {
            return TensorBundle.open(file.resolveSibling(data.group(1)));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer first = bytes(channel, 0, FIRST_BYTES);
            if (first.remaining() == FIRST_BYTES && first.get(FIRST_BYTES - 1) == BRACE) {
                // before the others: the length in front of the brace may begin with any byte, a pickle's mark too
                return SafetensorsFile.open(file);
            }
            if (first.remaining() >= Integer.BYTES && first.getInt(0) == ZIP) {
                return PyTorchArchive.open(file);
            }
            if (first.hasRemaining() && (first.get(0) & 0xff) == PICKLE) {
                return PyTorchLegacy.open(file);
            }
            ByteBuffer last = bytes(channel, Math.max(0, channel.size() - Long.BYTES), Long.BYTES);
            if (name.endsWith(INDEX) || (last.remaining() == Long.BYTES && last.getLong(0) == LevelDbTable.MAGIC)) {
                return TensorBundle.open(prefixOf(file, name));
            }
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
        throw new PaletteException(
                "%s is of no known format, expected %s; unpack it if it is compressed, fetch it again if it is cut short"
                        .formatted(file, KNOWN));
    }

    private static Path prefixOf(Path file, String name) {
        if (!name.endsWith(INDEX)) {
            throw new PaletteException("%s is a TensorFlow checkpoint's index, but is not named so; rename it to %s%s"
                    .formatted(file, name, INDEX));
        }
        return file.resolveSibling(name.substring(0, name.length() - INDEX.length()));
    }

    /** The checkpoint of a SavedModel, or the only one that lies in a folder. */
    private static Path checkpointIn(Path folder) {
        Path variables = folder.resolve("variables").resolve("variables");
        if (Files.isRegularFile(variables.resolveSibling("variables" + INDEX))) {
            return variables;
        }
        List<Path> found;
        try (Stream<Path> all = Files.list(folder)) {
            found = all.filter(file -> file.getFileName().toString().endsWith(INDEX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(folder, e), e);
        }
        if (found.size() != 1) {
            throw new PaletteException("%s holds %d TensorFlow checkpoints, expected 1 or a SavedModel; name the file"
                    .formatted(folder, found.size()));
        }
        return prefixOf(found.get(0), found.get(0).getFileName().toString());
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
            // until the file or the buffer ends
        }
        return bytes.flip();
    }
}
