package dev.palette.remote;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and follows redirects. It follows them itself, because the JDK's client sends every header on to wherever it is
 * redirected, and a token is for one server alone.
 */
public final class Http {
    /** How long a server may say nothing, where nobody says otherwise. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int OK = 200;
    private static final int LONGEST_WAY = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final HttpClient client;
    private final Duration patience;
    private final @Nullable URI trusted;
    private final @Nullable String token;

    /**
     * Requests without a password.
     *
     * @param patience how long a server may say nothing
     */
    public Http(Duration patience) {
        this(
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(patience)
                        .build(),
                patience,
                null,
                null);
    }

    private Http(HttpClient client, Duration patience, @Nullable URI trusted, @Nullable String token) {
        this.client = client;
        this.patience = patience;
        this.trusted = trusted;
        this.token = token;
    }

    /** The same with a token, which only the server of an address is shown: its scheme, host and port. */
    public Http withToken(URI server, String secret) {
        return new Http(client, patience, server, secret);
    }

    Duration patience() {
        return patience;
    }

    /**
     * Asks for something.
     *
     * @param headers beside {@code User-Agent}
     * @throws IOException when there is no answer; whatever status an answer has is the caller's business
     */
    public HttpResponse<InputStream> get(URI address, Map<String, String> headers) throws IOException {
        return follow(
                HttpRequest.newBuilder().GET(),
                address,
                headers,
                HttpResponse.BodyHandlers.ofInputStream(),
                next -> true);
    }

    /**
     * Asks for a text.
     *
     * @param longest bytes that it may have
     * @throws RefusedException when the server has another answer
     * @throws IOException when there is no answer, or too long a one
     */
    public String text(URI address, int longest) throws IOException {
        HttpResponse<InputStream> answer = get(address, Map.of());
        try (InputStream body = answer.body();
                StallGuard guard = new StallGuard(body, patience)) {
            requireOk(answer);
            byte[] bytes = body.readNBytes(longest + 1);
            guard.moved();
            if (bytes.length > longest) {
                throw new IOException("%s answers with more than %,d bytes".formatted(address.getHost(), longest));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Refuses an answer of any other status than 200. */
    public static void requireOk(HttpResponse<?> answer) throws RefusedException {
        if (answer.statusCode() != OK) {
            throw new RefusedException(answer.statusCode(), answer.headers());
        }
    }

    /**
     * Asks what the server itself says of something: a redirect to another server is an answer.
     *
     * @throws IOException when there is no answer
     */
    public HttpResponse<Void> head(URI address) throws IOException {
        return follow(
                HttpRequest.newBuilder().method("HEAD", HttpRequest.BodyPublishers.noBody()),
                address,
                Map.of(),
                HttpResponse.BodyHandlers.discarding(),
                next -> sameServer(address, next));
    }

    /** What became of a request, as a person says it. */
    public static String why(URI address, IOException reason) {
        String host = address.getHost();
        for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "no host '%s' is known here; is this machine connected?".formatted(host);
            }
            if (cause instanceof HttpTimeoutException) {
                return "%s does not answer".formatted(host);
            }
        }
        if (reason instanceof ConnectException) {
            return "%s cannot be connected to".formatted(host);
        }
        return reason.getMessage() == null ? reason.toString() : reason.getMessage();
    }

    /** Whether an answer sends elsewhere. */
    public static boolean isRedirect(HttpResponse<?> answer) {
        return REDIRECTS.contains(answer.statusCode());
    }

    private <T> HttpResponse<T> follow(
            HttpRequest.Builder request,
            URI address,
            Map<String, String> headers,
            HttpResponse.BodyHandler<T> body,
            Predicate<URI> wanted)
            throws IOException {
        URI place = address;
        for (int way = 0; way < LONGEST_WAY; way++) {
            HttpResponse<T> answer = send(request(request.copy(), place, headers), body);
            String location = answer.headers().firstValue("Location").orElse("");
            if (!isRedirect(answer) || location.isEmpty()) {
                return answer;
            }
            URI next = next(place, location);
            if (!wanted.test(next)) {
                return answer;
            }
            close(answer);
            place = next;
        }
        throw new IOException("%s redirects more than %d times".formatted(address.getHost(), LONGEST_WAY));
    }

    private HttpRequest request(HttpRequest.Builder request, URI address, Map<String, String> headers) {
        request.uri(address).timeout(patience).header("User-Agent", "palette");
        headers.forEach(request::header);
        if (trusted != null && sameServer(trusted, address)) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaletteException(
                    "interrupted while fetching %s; run again to go on".formatted(withoutQuery(request.uri())), e);
        }
    }

    private static URI next(URI place, String location) throws IOException {
        URI next;
        try {
            next = place.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("%s redirects to what is no address".formatted(place.getHost()), e);
        }
        boolean unsafe = "https".equals(place.getScheme()) && !"https".equals(next.getScheme());
        if (unsafe || !Set.of("http", "https").contains(String.valueOf(next.getScheme()))) {
            throw new IOException("%s redirects to an address that is not https".formatted(place.getHost()));
        }
        return next;
    }

    private static void close(HttpResponse<?> answer) throws IOException {
        if (answer.body() instanceof InputStream unread) {
            unread.close();
        }
    }

    /** A signed address is a password itself: what follows the question mark is not for messages. */
    private static String withoutQuery(URI address) {
        return address.toString().replaceFirst("\\?.*", "");
    }

    private static boolean sameServer(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && Objects.equals(one.getHost(), other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }
}
