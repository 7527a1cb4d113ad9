package dev.palette.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redirects between two servers on this machine, and who is shown the token. */
class HttpTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> redirects = new HashMap<>();
    private HttpServer here;
    private HttpServer there;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        here = server("here");
        there = server("there");
        http = new Http(Duration.ofSeconds(30)).withToken(address(here, "/"), "secret");
    }

    @AfterEach
    void stop() {
        here.stop(0);
        there.stop(0);
    }

    private HttpServer server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                seen.add("%s %s %s %s"
                        .formatted(
                                exchange.getRequestMethod(),
                                name,
                                path,
                                exchange.getRequestHeaders().getFirst("Authorization")));
                String location = redirects.get(path);
                if (location != null) {
                    exchange.getResponseHeaders().set("Location", location);
                }
                exchange.sendResponseHeaders(location == null ? 200 : 302, -1);
            }
        });
        server.start();
        return server;
    }

    private static URI address(HttpServer server, String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    @Test
    void aTokenIsShownToItsServerAlone() throws IOException {
        redirects.put("/file", "/moved");
        redirects.put("/moved", address(there, "/blob").toString());
        redirects.put("/blob", address(here, "/back").toString());

        assertThat(http.get(address(here, "/file"), Map.of()).statusCode()).isEqualTo(200);

        assertThat(seen)
                .containsExactly(
                        "GET here /file Bearer secret",
                        "GET here /moved Bearer secret",
                        "GET there /blob null",
                        "GET here /back Bearer secret");
    }

    @Test
    void anotherPortIsAnotherServer() throws IOException {
        http.get(address(there, "/file"), Map.of());

        assertThat(seen).containsExactly("GET there /file null");
    }

    @Test
    void whatTheServerItselfSaysIsNotAskedOfAnother() throws IOException {
        redirects.put("/file", "/moved");
        redirects.put("/moved", address(there, "/blob").toString());

        HttpResponse<Void> answer = http.head(address(here, "/file"));

        assertThat(Http.isRedirect(answer)).isTrue();
        assertThat(seen).containsExactly("HEAD here /file Bearer secret", "HEAD here /moved Bearer secret");
    }

    @Test
    void redirectsWithoutEndAreLeft() {
        redirects.put("/file", "/file");

        assertThatThrownBy(() -> http.get(address(here, "/file"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("localhost redirects more than 10 times");
    }

    @Test
    void aRedirectToAFileOfThisMachineIsNotFollowed() {
        redirects.put("/file", "file:///etc/passwd");

        assertThatThrownBy(() -> http.get(address(here, "/file"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("localhost redirects to an address that is not https");
    }
}
