package dev.palette.report.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.report.SampleRuns;
import dev.palette.report.analysis.FollowedRuns;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of {@code palette watch --web}. */
class WatchServerTest {
    @TempDir
    private Path out;

    private final HttpClient client = HttpClient.newHttpClient();
    private SampleRuns sample;
    private Trial trial;
    private RunDirectory run;
    private WatchServer server;

    @BeforeEach
    void start() {
        sample = SampleRuns.grid(out);
        trial = sample.trials(1).get(0);
        run = sample.begin(trial, 20);
        server = WatchServer.start(
                0, new FollowedRuns(() -> RunFolders.in(out), Vocabulary.installed()), look -> List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void thePrintedAddressShowsThePage() throws IOException, InterruptedException {
        HttpResponse<String> page = get(server.address());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!doctype html>").contains("<title>sample");
        assertThat(page.headers().map())
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void newsAreSentOnceUntilThereAreMore() throws IOException, InterruptedException {
        HttpResponse<String> first = get(data());
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(step(first)).isEqualTo(20);

        assertThat(get(data(), "If-None-Match", tag).statusCode()).isEqualTo(304);

        sample.log(run, trial, 21, 35);
        HttpResponse<String> later = get(data(), "If-None-Match", tag);
        assertThat(later.statusCode()).isEqualTo(200);
        assertThat(step(later)).isEqualTo(35);
    }

    @Test
    void withoutTheTokenThereIsNothing() throws IOException, InterruptedException {
        URI bare = URI.create(server.address().toString().replaceFirst("token=.*", "token=0"));

        HttpResponse<String> refused = get(bare);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).doesNotContain("sample");
    }

    @Test
    void aRequestForAnotherHostIsRefused() throws IOException {
        assertThat(raw("GET /?%s HTTP/1.1\r\nHost: evil.example:%d\r\nConnection: close\r\n\r\n"
                        .formatted(
                                server.address().getRawQuery(), server.address().getPort())))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void nothingButGetAndNothingButThePageIsServed() throws IOException, InterruptedException {
        assertThat(get(URI.create(server.address().toString().replace("/?", "/../../etc/passwd?")))
                        .statusCode())
                .isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(server.address())
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void noOtherAddressOfThisMachineListens() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
            assertThatThrownBy(() -> new Socket(other, server.address().getPort()).close())
                    .isInstanceOf(IOException.class);
        }
        try (Socket loopback =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            assertThat(loopback.isConnected()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        int taken = server.address().getPort();

        assertThatThrownBy(() ->
                        WatchServer.start(taken, new FollowedRuns(List::of, Vocabulary.installed()), look -> List.of()))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("--port %d: cannot listen there".formatted(taken))
                .hasMessageEndingWith("choose another, or leave --port out");
    }

    private URI data() {
        return URI.create(server.address().toString().replace("/?", "/data?"));
    }

    private static long step(HttpResponse<String> answer) throws IOException {
        JsonNode data = new ObjectMapper().readTree(answer.body());
        return data.at("/runs/0/step").asLong();
    }

    private HttpResponse<String> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
