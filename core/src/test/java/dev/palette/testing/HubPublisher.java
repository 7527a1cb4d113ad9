package dev.palette.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palette.storage.FileDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The Hugging Face hub on this machine, with one model: a server that answers as the real one does (its headers were read off
 * {@code huggingface_hub}'s code), and another to which it sends those who want a large file. {@code refs} says which commit a branch is.
 */
public final class HubPublisher implements AutoCloseable {
    /** Files of this size and above lie on the other server, as those in LFS do. */
    public static final int LARGE = 10_000;

    private final HttpServer server;
    private final HttpServer blobs;
    private final String model;
    private final Map<String, Map<String, byte[]>> commits = new HashMap<>();
    private final Map<String, byte[]> large = new ConcurrentHashMap<>();

    /** What was asked for: method, server, path, and in brackets range and authorization. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What branches and tags stand for. */
    public final Map<String, String> refs = new ConcurrentHashMap<>();

    /** Without this token nobody is answered, where there is one. */
    public volatile @Nullable String token;

    /** Whether even a token does not admit. */
    public volatile boolean gated;

    /** The status of every answer, where not 0. */
    public volatile int status;

    /** It breaks off this many answers of large files half-way. */
    public volatile int breaks;

    /** Whether it sends other bytes than it says. */
    public volatile boolean wrong;

    /** Whether it tells no etags. */
    public volatile boolean withoutEtags;

    public HubPublisher(String model) throws IOException {
        this.model = model;
        server = start(this::answer);
        blobs = start(this::answerLarge);
    }

    private static HttpServer start(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(Executors.newCachedThreadPool());
        started.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
        started.start();
        return started;
    }

    /** What {@code HF_ENDPOINT} is to be. */
    public URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Publishes files as a commit, and lets {@code main} stand for it. */
    public String publish(String commit, Map<String, byte[]> files) {
        commits.put(commit, new TreeMap<>(files));
        refs.put("main", commit);
        return commit;
    }

    /** Publishes the files of a folder. */
    public String publish(String commit, Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var all = Files.list(folder)) {
            all.filter(Files::isRegularFile)
                    .forEach(file -> files.put(file.getFileName().toString(), bytes(file)));
        }
        return publish(commit, files);
    }

    /** What a file's content is called. */
    public String etag(String commit, String name) {
        byte[] content = Objects.requireNonNull(
                Objects.requireNonNull(commits.get(commit)).get(name));
        return content.length >= LARGE ? FileDigest.sha256(content) : gitBlob(content);
    }

    private static String gitBlob(byte[] content) {
        try {
            Path file = Files.createTempFile("blob", null);
            Files.write(file, content);
            String name = FileDigest.gitBlob(file);
            Files.delete(file);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void log(HttpExchange exchange, String name) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(exchange.getRequestMethod() + " " + name
                + exchange.getRequestURI().getPath()
                + (range == null ? "" : " [" + range + "]")
                + (authorization == null ? "" : " [" + authorization + "]"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        log(exchange, "hub");
        String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String api = "/api/models/" + model + "/revision/";
        String resolve = "/" + model + "/resolve/";
        if (status != 0) {
            exchange.sendResponseHeaders(status, -1);
        } else if (token != null && !("Bearer " + token).equals(authorization)) {
            refuse(exchange, 401, "RepoNotFound");
        } else if (gated) {
            refuse(exchange, 403, "GatedRepo");
        } else if (path.startsWith(api)) {
            list(exchange, commit(path.substring(api.length())));
        } else if (path.startsWith(resolve)) {
            String[] parts = path.substring(resolve.length()).split("/", 2);
            file(exchange, commit(parts[0]), parts[1]);
        } else {
            refuse(exchange, 401, "RepoNotFound");
        }
    }

    private @Nullable String commit(String revision) {
        return commits.containsKey(revision) ? revision : refs.get(revision);
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("X-Error-Code", code);
        exchange.sendResponseHeaders(status, -1);
    }

    private void list(HttpExchange exchange, @Nullable String commit) throws IOException {
        if (commit == null) {
            refuse(exchange, 404, "RevisionNotFound");
            return;
        }
        ObjectNode answer =
                new ObjectMapper().createObjectNode().put("id", model).put("sha", commit);
        var siblings = answer.putArray("siblings");
        Objects.requireNonNull(commits.get(commit))
                .keySet()
                .forEach(name -> siblings.addObject().put("rfilename", name));
        send(exchange, 200, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void file(HttpExchange exchange, @Nullable String commit, String name) throws IOException {
        byte[] content = commit == null
                ? null
                : Objects.requireNonNull(commits.get(commit)).get(name);
        if (content == null) {
            refuse(exchange, 404, commit == null ? "RevisionNotFound" : "EntryNotFound");
            return;
        }
        String etag = etag(Objects.requireNonNull(commit), name);
        exchange.getResponseHeaders().set("X-Repo-Commit", commit);
        if (content.length >= LARGE) {
            large.put("/" + etag, content);
            if (!withoutEtags) {
                exchange.getResponseHeaders().set("X-Linked-Etag", '"' + etag + '"');
            }
            exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://localhost:%d/%s?signature=s3cret"
                                    .formatted(blobs.getAddress().getPort(), etag));
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        if (!withoutEtags) {
            exchange.getResponseHeaders().set("ETag", '"' + etag + '"');
        }
        send(exchange, 200, content);
    }

    private void answerLarge(HttpExchange exchange) throws IOException {
        log(exchange, "blobs");
        byte[] content =
                Objects.requireNonNull(large.get(exchange.getRequestURI().getPath()));
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        int length = content.length - from;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        if (breaks > 0) {
            breaks--;
            exchange.getResponseBody().write(content, from, length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("broken off");
        }
        exchange.getResponseBody().write(wrong ? new byte[content.length] : content, from, length);
    }

    private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
        }
        exchange.sendResponseHeaders(status, head ? -1 : content.length);
        if (!head) {
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        blobs.stop(0);
    }
}
