package dev.palette.storage;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Checksums of files. CRC-32C runs at memory speed and finds damage; SHA-256 is slower and names content: two files of one
 * SHA-256 are the same.
 */
public final class FileDigest {
    private static final int BLOCK = 1 << 17; // stays in the processor's cache

    private FileDigest() {}

    /**
     * CRC-32C (Castagnoli) of a file, 8 hexadecimal digits.
     *
     * @throws PaletteException when the file cannot be read
     */
    public static String crc32c(Path file) {
        CRC32C crc = new CRC32C();
        readBlocks(file, crc::update);
        return hex(crc);
    }

    /**
     * SHA-256 of a file, 64 hexadecimal digits.
     *
     * @throws PaletteException when the file cannot be read
     */
    public static String sha256(Path file) {
        MessageDigest digest = digest("SHA-256");
        readBlocks(file, digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of some bytes, 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    /**
     * What git calls a file of this content: the SHA-1 of {@code blob}, its length and its bytes; 40 hexadecimal digits.
     *
     * @throws PaletteException when the file cannot be read
     */
    public static String gitBlob(Path file) {
        MessageDigest digest = digest("SHA-1");
        digest.update(("blob " + size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        readBlocks(file, digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The text form of a CRC-32C: 8 hexadecimal digits. */
    public static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /**
     * A CRC-32C as LevelDB, TensorFlow's checkpoints and TFRecord files store it: rotated and shifted, so that the checksum of data that
     * hold checksums stays a good one.
     */
    public static int masked(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    private static void readBlocks(Path file, Consumer<ByteBuffer> sink) {
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(block.clear()) >= 0) {
                sink.accept(block.flip());
            }
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
