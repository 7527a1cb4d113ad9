package dev.palette.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that are small when they are what they should be, such as descriptions and results, and may be anything when they are
 * not: gigabytes, a folder, a pipe that never ends, a link to somebody else's file.
 */
public final class SmallFile {
    /** The most bytes that are read: 8 MiB, a thousand times what such files have. */
    public static final int LARGEST = 8 << 20;

    private SmallFile() {}

    /**
     * A file's text in UTF-8.
     *
     * @throws IOException when it is missing, a link, no file, too large, or not UTF-8; the message says which, and does not repeat
     *     the file's name
     */
    public static String readText(Path file) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("it is not UTF-8", e);
        }
    }

    /**
     * A file's bytes.
     *
     * @throws IOException as {@link #readText}, but for the encoding
     */
    public static byte[] read(Path file) throws IOException {
        requireSmall(attributes(file));
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LARGEST + 1); // it may have grown since
            requireSize(bytes.length);
            return bytes;
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new IOException("it is missing", e);
        }
    }

    private static void requireSmall(BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            throw new IOException("it is a symbolic link, expected the file itself");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("it is %s, expected a file"
                    .formatted(attributes.isDirectory() ? "a folder" : "neither a file nor a folder"));
        }
        requireSize(attributes.size());
    }

    private static void requireSize(long size) throws IOException {
        if (size > LARGEST) {
            throw new IOException("it has %s, more than the %s that such a file may have"
                    .formatted(ByteCount.text(size), ByteCount.text(LARGEST)));
        }
    }
}
