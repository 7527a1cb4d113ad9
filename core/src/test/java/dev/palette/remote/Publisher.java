package dev.palette.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palette.storage.FileDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A server on this machine, with the manners and the faults of real ones. */
public final class Publisher implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What was asked for: path, and range if any. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** Whether it answers ranges. */
    public boolean ranges = true;

    /** Whether it refuses every range. */
    public boolean unsatisfied;

    /** It breaks off this many answers half-way. */
    public int breaks;

    /** Whether it goes silent half-way, and has nothing to add when asked for the rest. */
    public boolean silent;

    /** The status of every answer, where not 0. */
    public int status;

    public Publisher() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Publishes a file under {@code /data/} and gives what a catalogue says of it. */
    public RemoteFile publish(String name, byte[] content) {
        replace(name, content);
        URI address = URI.create("https://data.example/data/" + name);
        return new RemoteFile(address, content.length, FileDigest.sha256(content)).from(address());
    }

    /** Publishes another content under the same name. */
    public void replace(String name, byte[] content) {
        files.put("/data/" + name, content);
    }

    /** What was published under a name. */
    public byte[] content(String name) {
        return Objects.requireNonNull(files.get("/data/" + name));
    }

    /** A zip archive of files with these names and contents. */
    public static byte[] zip(String... namesAndContents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(range == null ? path : path + " " + range);
            byte[] content = files.get(path);
            if (content == null || status != 0) {
                exchange.sendResponseHeaders(content == null ? 404 : status, -1);
                return;
            }
            if (range != null && unsatisfied) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
            }
            int length = content.length - from;
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
            send(exchange.getResponseBody(), content, from, length);
        }
    }

    private void send(OutputStream body, byte[] content, int from, int length) throws IOException {
        if (silent || breaks-- > 0) {
            body.write(content, from, silent && from > 0 ? 0 : length / 2);
            body.flush();
            if (silent) {
                awaitClose();
            }
            throw new IOException("broken off");
        }
        body.write(content, from, length);
    }

    private void awaitClose() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
