package dev.palette.report.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.palette.report.analysis.ExampleTexts;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.report.analysis.Report;
import dev.palette.report.page.PageTable;
import dev.palette.report.page.ReportPage;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the report of runs as they go, on the loopback address alone: the page, and the data that it asks for every two seconds. Runs are
 * looked at when somebody asks, and what has not changed is neither analysed nor sent again.
 */
public final class WatchServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchServer.class);
    private static final int AT_ONCE = 4;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final String DATA = "/data";

    private final HttpServer server;
    private final ExecutorService threads;
    private final RequestGuard guard;
    private final FollowedRuns runs;
    private final Function<Look, List<PageTable>> tables;
    private @Nullable Report report;
    private List<PageTable> made = List.of();
    private long revision;

    private WatchServer(HttpServer server, FollowedRuns runs, Function<Look, List<PageTable>> tables) {
        this.server = server;
        this.runs = runs;
        this.tables = tables;
        this.guard = new RequestGuard(server.getAddress().getPort(), RequestGuard.newToken());
        this.threads = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "palette-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @param tables makes the tables of some runs
     * @throws PaletteException when the port is taken
     */
    public static WatchServer start(int port, FollowedRuns runs, Function<Look, List<PageTable>> tables) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            WatchServer watch = new WatchServer(server, runs, tables);
            server.createContext("/", watch::handle);
            server.setExecutor(watch.threads);
            server.start();
            return watch;
        } catch (IOException e) {
            throw new PaletteException(
                    "--port %d: cannot listen there: %s; choose another, or leave --port out"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }

    /** The address of the page, with the token; for the person who started the server alone. */
    public URI address() {
        return URI.create("http://127.0.0.1:%d/?token=%s".formatted(guard.port(), guard.token()));
    }

    /** Ends the server. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<String> refusal = guard.refusal(exchange.getRequestHeaders(), exchange.getRequestURI());
            if (refusal.isPresent()) {
                answer(exchange, FORBIDDEN, "text/plain", refusal.get());
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, NOT_ALLOWED, "text/plain", "only GET");
            } else {
                serve(exchange);
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> answer(exchange, OK, "text/html", page());
                case DATA -> news(exchange);
                default -> answer(exchange, NOT_FOUND, "text/plain", "there is nothing else here");
            }
        } catch (PaletteException e) { // e.g. the folder of the runs is gone
            log.warn("the runs cannot be read", e);
            answer(exchange, FAILED, "text/plain", String.valueOf(e.getMessage()));
        }
    }

    private synchronized String page() {
        return ReportPage.live(report(), made, "data");
    }

    private void news(HttpExchange exchange) throws IOException {
        String text;
        String tag;
        synchronized (this) {
            Report now = report();
            tag = "\"" + revision + "\"";
            text = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match")) ? "" : ReportPage.data(now, made);
        }
        exchange.getResponseHeaders().set("ETag", tag);
        answer(exchange, text.isEmpty() ? NOT_MODIFIED : OK, "application/json", text);
    }

    /** Of the runs as they are now. */
    private Report report() {
        Look look = runs.look();
        Report known = report;
        if (known != null && !look.changed()) {
            return known;
        }
        Report anew = Report.of(look, ExampleTexts.none());
        made = tables.apply(look);
        report = anew;
        revision++;
        return anew;
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY"); // a policy in the page itself cannot say so
        headers.set("Referrer-Policy", "no-referrer"); // the address has the token in it
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
