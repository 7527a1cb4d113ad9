package dev.palette.remote;

import dev.palette.storage.FileDigest;
import java.nio.file.Path;

/**
 * By what a file's content is recognised.
 *
 * @param kind how it is computed
 * @param hex its digits, hexadecimal, lower case
 */
public record Checksum(Kind kind, String hex) {
    /** How a checksum is computed. */
    public enum Kind {
        /** Of the bytes; 64 digits. */
        SHA_256("SHA-256"),
        /** By which git knows a file: of its length and bytes; 40 digits. */
        GIT_BLOB("git SHA-1");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** A SHA-256 of 64 hexadecimal digits. */
    public static Checksum sha256(String hex) {
        return new Checksum(Kind.SHA_256, hex);
    }

    /** What git calls a file of this content, 40 hexadecimal digits. */
    public static Checksum gitBlob(String hex) {
        return new Checksum(Kind.GIT_BLOB, hex);
    }

    /**
     * The checksum of the same kind of another file.
     *
     * @throws dev.palette.spec.PaletteException when the file cannot be read
     */
    public Checksum of(Path file) {
        return new Checksum(kind, kind == Kind.SHA_256 ? FileDigest.sha256(file) : FileDigest.gitBlob(file));
    }

    /** {@code SHA-256 9f86d0…}. */
    @Override
    public String toString() {
        return kind.label + " " + hex;
    }
}
