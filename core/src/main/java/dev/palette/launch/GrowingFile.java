package dev.palette.launch;

import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file to which another process, perhaps on another machine, adds lines. It is opened anew for every look, as NFS wants it. */
public record GrowingFile(Path file) {
    private static final int MOST_AT_ONCE = 1 << 20;

    /** How far a file was read. */
    public static final class Place {
        private long offset;
    }

    /** The whole lines behind a place, which moves behind them; none where there is no file yet. */
    List<String> lines(Place place) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(place.offset);
            InputStream in = Channels.newInputStream(channel);
            byte[] bytes = in.readNBytes(MOST_AT_ONCE);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            place.offset += end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw AtomicFile.cannotRead(file, e);
        }
    }
}
