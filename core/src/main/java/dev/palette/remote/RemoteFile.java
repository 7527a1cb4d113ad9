package dev.palette.remote;

import java.net.URI;

/**
 * A published file: where it is, and by what it is recognised.
 *
 * @param address where its publisher keeps it
 * @param bytes its size
 * @param checksum of its content
 */
public record RemoteFile(URI address, long bytes, Checksum checksum) {
    /** A file that is recognised by its SHA-256, 64 hexadecimal digits. */
    public RemoteFile(URI address, long bytes, String sha256) {
        this(address, bytes, Checksum.sha256(sha256));
    }

    /** The last part of the address: the file's name on disk. */
    public String name() {
        String path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * The same file from somebody who keeps copies.
     *
     * @param mirror takes the place of scheme and host; the rest of the path follows its own
     */
    public RemoteFile from(URI mirror) {
        String base = mirror.toString().replaceFirst("/+$", "");
        return new RemoteFile(URI.create(base + address.getRawPath()), bytes, checksum);
    }
}
