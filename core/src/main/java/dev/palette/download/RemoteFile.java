package dev.palette.download;

import java.net.URI;

/**
 * A published file: where it is, and by what it is recognised.
 *
 * @param address where its publisher keeps it
 * @param bytes its size
 * @param sha256 its SHA-256, 64 hexadecimal digits
 */
public record RemoteFile(URI address, long bytes, String sha256) {
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
        return new RemoteFile(URI.create(base + address.getRawPath()), bytes, sha256);
    }
}
