package dev.palette.download;

import dev.palette.pretrained.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Fetches one published file over HTTP. What has arrived is kept as {@code <name>.part}, and a later attempt asks for the rest alone
 * (RFC 9110, §14); a server that knows no ranges sends all of it again. The file has its name only after its checksum was found
 * right.
 */
final class HttpFile {
    private static final int BLOCK = 1 << 16;
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client;
    private final Duration patience;
    private final RemoteFile source;
    private final Path file;
    private final Path part;
    private final DownloadProgress progress;

    /**
     * A file to fetch.
     *
     * @param patience how long a server may say nothing
     * @param folder where it is kept, under its own name
     */
    HttpFile(HttpClient client, Duration patience, RemoteFile source, Path folder, DownloadProgress progress) {
        this.client = client;
        this.patience = patience;
        this.source = source;
        this.file = folder.resolve(source.name());
        this.part = folder.resolve(source.name() + ".part");
        this.progress = progress;
    }

    /**
     * The file, fetched unless it is there. An interrupted transfer is continued for as long as each attempt brings more.
     *
     * @throws IOException when it cannot be had; what has arrived is kept
     * @throws PaletteException when what is there, or what came, is not the published file; or the folder cannot be written
     */
    Path fetch() throws IOException {
        if (Files.exists(file)) {
            if (!isPublished(file)) {
                throw new PaletteException(
                        "%s is not the published file: its SHA-256 is %s, expected %s; remove it and run again"
                                .formatted(file, FileDigest.sha256(file), source.sha256()));
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(source.address()).timeout(patience).header("User-Agent", "palette");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> response = send(request.build());
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
                default -> throw new IOException("the server answers with status " + response.statusCode());
            }
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaletteException(
                    "interrupted while fetching %s; run again to go on".formatted(source.address()), e);
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
                StallGuard guard = new StallGuard(body, patience)) {
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
            PaletteException damaged = notPublished("SHA-256 " + FileDigest.sha256(part));
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
                "what %s sends is not the published file: found %s, expected %,d bytes with SHA-256 %s; run again, and if that does not help the file was replaced there or something between changes it"
                        .formatted(source.address(), found, source.bytes(), source.sha256()));
    }

    private boolean isPublished(Path candidate) {
        return FileDigest.sha256(candidate).equals(source.sha256());
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
