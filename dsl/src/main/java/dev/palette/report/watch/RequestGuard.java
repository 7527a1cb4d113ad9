package dev.palette.report.watch;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of the person who started the server from those that others make a browser send. Any page that a person visits may send
 * requests to loopback addresses, and a name of an attacker's may be made to mean one; so a request must name this server as its host,
 * come from no other origin, and know the token.
 *
 * @param port the server's
 * @param token 32 hexadecimal digits that only the printed address has
 */
public record RequestGuard(int port, String token) {
    private static final int TOKEN_BYTES = 16;
    private static final String PARAMETER = "token=";

    /** As browsers say that a page asks for its own, or that a person typed the address. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    /** A token that nobody can guess. */
    public static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Why a request is not answered; empty where it is.
     *
     * @param uri with the query
     */
    Optional<String> refusal(Headers headers, URI uri) {
        String host = only(headers, "Host");
        if (host == null || !hosts().contains(host)) {
            return Optional.of("the request is for another host");
        }
        String origin = only(headers, "Origin");
        if (headers.containsKey("Origin") && !("http://" + host).equals(origin)) {
            return Optional.of("the request comes from another page");
        }
        if (headers.containsKey("Sec-Fetch-Site")
                && !OWN_SITE.contains(String.valueOf(only(headers, "Sec-Fetch-Site")))) {
            return Optional.of("the request comes from another site");
        }
        if (!isToken(uri.getRawQuery())) {
            return Optional.of("the address has not the token that palette watch printed");
        }
        return Optional.empty();
    }

    private List<String> hosts() {
        return List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    /** A header that is there exactly once. */
    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values != null && values.size() == 1 ? values.get(0) : null;
    }

    /** In constant time, so that no digit can be guessed by how long the answer takes. */
    private boolean isToken(@Nullable String query) {
        String given = query != null && query.startsWith(PARAMETER) ? query.substring(PARAMETER.length()) : "";
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
