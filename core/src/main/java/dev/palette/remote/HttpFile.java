package dev.palette.remote;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Fetches one published file over HTTP. What has arrived is kept beside the file, and a later attempt asks for the rest alone
 * (RFC 9110, §14); a server that knows no ranges sends all of it again. The file has its name only after its checksum was found
 * right.
 */
public final class HttpFile {
    private static final int BLOCK = 1 << 16;
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Http http;
    private final RemoteFile source;
    private final Path file;
    private final Path part;
    private final DownloadProgress progress;

    /**
     * A file to fetch.
     *
     * @param folder where it is kept, under its own name; what has arrived of it under that name and {@code .part}
     */
    public HttpFile(Http http, RemoteFile source, Path folder, DownloadProgress progress) {
        this(http, source, folder.resolve(source.name()), folder.resolve(source.name() + ".part"), progress);
    }

    /**
     * A file to fetch.
     *
     * @param file where it is kept
     * @param part what has arrived of it, on the same disk
     */
    public HttpFile(Http http, RemoteFile source, Path file, Path part, DownloadProgress progress) {
        this.http = http;
        this.source = source;
        this.file = file;
        this.part = part;
        this.progress = progress;
    }

    /**
     * The file, fetched unless it is there. An interrupted transfer is continued for as long as each attempt brings more.
     *
     * @throws RefusedException when the server has another answer than the file
     * @throws IOException when it cannot be had; what has arrived is kept
     * @throws PaletteException when what is there, or what came, is not the published file; or the folder cannot be written
     */
    public Path fetch() throws IOException {
        if (Files.exists(file)) {
            if (!isPublished(file)) {
                throw new PaletteException(
                        "%s is not the published file: it has %s, expected %s; remove it and run again"
                                .formatted(file, source.checksum().of(file), source.checksum()));
            }
            return file;
        }
        boolean continued = sizeOf(part) > 0;
        transfer();
        if (continued && !isPublished(part)) { // the beginning may have been of another version
            remove(part);
            transfer();
        }
        accept();
        return file;
    }

    private void transfer() throws IOException {
        if (sizeOf(part) > source.bytes()) {
            remove(part);
        }
        while (sizeOf(part) < source.bytes()) {
            long before = sizeOf(part);
            try {
                attempt(before);
            } catch (IOException e) {
                if (sizeOf(part) <= before) {
                    throw e;
                }
            }
        }
    }

    /** One request for all bytes from {@code from} on. */
    private void attempt(long from) throws IOException {
        Map<String, String> headers = from > 0 ? Map.of("Range", "bytes=" + from + "-") : Map.of();
        HttpResponse<InputStream> response = http.get(source.address(), headers);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case OK -> {
                    requireTotal(header(response, "Content-Length"));
                    receive(body, 0);
                }
                case PARTIAL_CONTENT -> {
                    String range = header(response, "Content-Range"); // "bytes 100-199/200"
                    requireStart(range, from);
                    requireTotal(range.substring(range.indexOf('/') + 1));
                    receive(body, from);
                }
                case RANGE_NOT_SATISFIABLE -> {
                    remove(part);
                    attempt(0);
                }
                default -> throw new RefusedException(response.statusCode(), response.headers());
            }
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void requireStart(String range, long from) throws IOException {
        if (!range.startsWith("bytes " + from + "-")) {
            throw new IOException("asked for bytes from %d on, the server sends '%s'".formatted(from, range));
        }
    }

    /** Refuses a file of another size before it is fetched: often a page that says why there is no file. */
    private void requireTotal(String total) {
        if (total.matches("\\d+") && !total.equals(Long.toString(source.bytes()))) {
            throw notPublished(total + " bytes");
        }
    }

    private void receive(InputStream body, long from) throws IOException {
        try (FileChannel channel = openPart(from);
                StallGuard guard = new StallGuard(body, http.patience())) {
            byte[] block = new byte[BLOCK];
            for (int read = read(body, block, guard); read >= 0; read = read(body, block, guard)) {
                if (channel.position() + read > source.bytes()) {
                    throw notPublished("more than %,d bytes".formatted(source.bytes()));
                }
                write(channel, ByteBuffer.wrap(block, 0, read));
                progress.progress(source.name(), channel.position(), source.bytes());
            }
            if (channel.position() < source.bytes()) {
                throw new IOException(
                        "the transfer ended after %,d of %,d bytes".formatted(channel.position(), source.bytes()));
            }
        }
    }

    private static int read(InputStream body, byte[] block, StallGuard guard) throws IOException {
        try {
            int read = body.read(block);
            guard.moved();
            return read;
        } catch (IOException e) {
            throw guard.explain(e);
        }
    }

    private FileChannel openPart(long from) {
        try {
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return channel.truncate(from).position(from);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    private void write(FileChannel channel, ByteBuffer bytes) {
        try {
            AtomicFile.writeFully(channel, bytes);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(part, e);
        }
    }

    private void accept() {
        if (!isPublished(part)) {
            PaletteException damaged = notPublished(source.checksum().of(part).toString());
            remove(part);
            throw damaged;
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    private PaletteException notPublished(String found) {
        return new PaletteException(
                "what %s sends is not the published file: found %s, expected %,d bytes with %s; run again, and if that does not help the file was replaced there or something between changes it"
                        .formatted(source.address(), found, source.bytes(), source.checksum()));
    }

    private boolean isPublished(Path candidate) {
        return source.checksum().of(candidate).equals(source.checksum());
    }

    private static long sizeOf(Path path) throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(path, e);
        }
    }
}
