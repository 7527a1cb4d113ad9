package dev.palette.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server answers. */
class RequestGuardTest {
    private static final String TOKEN = RequestGuard.newToken();
    private static final URI PAGE = URI.create("/?token=" + TOKEN);

    private final RequestGuard guard = new RequestGuard(8123, TOKEN);
    private final Headers headers = new Headers();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8123", "localhost:8123", "[::1]:8123"})
    void whoNamesThisMachineAndTheTokenIsAnswered(String host) {
        headers.set("Host", host);

        assertThat(guard.refusal(headers, PAGE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8123",
                "127.0.0.1",
                "127.0.0.1:80",
                "127.0.0.1:8123.evil.example",
                "",
                "LOCALHOST:8123@x"
            })
    void aNameThatWasMadeToMeanThisMachineIsRefused(String host) {
        headers.set("Host", host);

        assertThat(guard.refusal(headers, PAGE)).contains("the request is for another host");
    }

    @Test
    void noHostAndTwoHostsAreRefused() {
        assertThat(guard.refusal(headers, PAGE)).isPresent();
        headers.put("Host", List.of("127.0.0.1:8123", "evil.example"));
        assertThat(guard.refusal(headers, PAGE)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://127.0.0.1:9999",
                "https://127.0.0.1:8123",
                "http://localhost:8123"
            })
    void anotherPagesRequestIsRefused(String origin) {
        headers.set("Host", "127.0.0.1:8123");
        headers.set("Origin", origin);

        assertThat(guard.refusal(headers, PAGE)).contains("the request comes from another page");
    }

    @Test
    void thePagesOwnRequestIsAnswered() {
        headers.set("Host", "127.0.0.1:8123");
        headers.set("Origin", "http://127.0.0.1:8123");
        headers.set("Sec-Fetch-Site", "same-origin");

        assertThat(guard.refusal(headers, URI.create("/data?token=" + TOKEN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aBrowserThatSaysTheRequestIsOfAnotherSiteIsBelieved(String site) {
        headers.set("Host", "127.0.0.1:8123");
        headers.set("Sec-Fetch-Site", site);

        assertThat(guard.refusal(headers, PAGE)).contains("the request comes from another site");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?token=", "/?token=0", "/?other=1", "/data"})
    void withoutTheTokenNothingIsAnswered(String address) {
        headers.set("Host", "127.0.0.1:8123");

        assertThat(guard.refusal(headers, URI.create(address)))
                .isEqualTo(Optional.of("the address has not the token that palette watch printed"));
    }

    @Test
    void tokensAre128BitsThatDiffer() {
        assertThat(TOKEN).matches("[0-9a-f]{32}").isNotEqualTo(RequestGuard.newToken());
    }
}
