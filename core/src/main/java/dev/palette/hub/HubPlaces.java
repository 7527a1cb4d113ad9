package dev.palette.hub;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the hub and its cache are, by the environment variables that Hugging Face's own libraries go by.
 *
 * @param cache {@code HF_HUB_CACHE}, else {@code $HF_HOME/hub}, else {@code ~/.cache/huggingface/hub}
 * @param endpoint the server, without a slash at its end: {@code HF_ENDPOINT}, else the public one
 * @param tokenFile has the token where no variable has it: {@code HF_TOKEN_PATH}, else {@code $HF_HOME/token}
 * @param tokenGiven {@code HF_TOKEN}; empty for the file's
 * @param offline whether no server may be asked: {@code HF_HUB_OFFLINE}
 */
public record HubPlaces(Path cache, URI endpoint, Path tokenFile, String tokenGiven, boolean offline) {
    private static final URI PUBLIC = URI.create("https://huggingface.co");
    private static final Set<String> YES = Set.of("1", "on", "yes", "true");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
    private static final int LONGEST_TOKEN = 10_000;

    /** Of this process. */
    public static HubPlaces ofProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * By some variables.
     *
     * @param home the user's home folder
     * @throws PaletteException when the endpoint is no address
     */
    public static HubPlaces of(Map<String, String> environment, Path home) {
        Path caches = path(environment, home, "XDG_CACHE_HOME").orElse(home.resolve(".cache"));
        Path hugging = path(environment, home, "HF_HOME").orElse(caches.resolve("huggingface"));
        return new HubPlaces(
                path(environment, home, "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE").orElse(hugging.resolve("hub")),
                first(environment, "HF_ENDPOINT").map(HubPlaces::address).orElse(PUBLIC),
                path(environment, home, "HF_TOKEN_PATH").orElse(hugging.resolve("token")),
                first(environment, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN").orElse(""),
                first(environment, "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
                        .filter(value -> YES.contains(value.toLowerCase(Locale.ROOT)))
                        .isPresent());
    }

    /**
     * By what the server knows who asks; empty where there is none.
     *
     * @throws PaletteException when the file is there and cannot be read
     */
    Optional<String> token() {
        if (!tokenGiven.isEmpty()) {
            return Optional.of(plain(tokenGiven, "HF_TOKEN"));
        }
        try {
            if (!Files.isRegularFile(tokenFile) || Files.size(tokenFile) > LONGEST_TOKEN) {
                return Optional.empty();
            }
            String token = Files.readString(tokenFile).strip();
            return token.isEmpty() ? Optional.empty() : Optional.of(plain(token, tokenFile.toString()));
        } catch (IOException e) {
            throw new PaletteException(
                    "cannot read the token in %s: %s; give yourself the right to read it, or set HF_TOKEN"
                            .formatted(tokenFile, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** What can stand in a header; the message of whoever refuses it later would show it. */
    private static String plain(String token, String place) {
        if (!PRINTABLE.matcher(token).matches()) {
            throw new PaletteException(
                    "the token in %s has blanks or characters that no token has; copy it again".formatted(place));
        }
        return token;
    }

    /** Without the token, which is nobody's business. */
    @Override
    public String toString() {
        return "HubPlaces[cache=%s, endpoint=%s, offline=%s]".formatted(cache, endpoint, offline);
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return List.of(names).stream()
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Optional<Path> path(Map<String, String> environment, Path home, String... names) {
        return first(environment, names)
                .map(text -> text.equals("~") || text.startsWith("~/")
                        ? home.resolve(text.substring(Math.min(2, text.length())))
                        : Path.of(text).toAbsolutePath());
    }

    private static URI address(String text) {
        try {
            URI address = new URI(text.replaceFirst("/+$", ""));
            if (address.getHost() != null && Set.of("http", "https").contains(String.valueOf(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new PaletteException("HF_ENDPOINT is '%s', expected an address such as %s".formatted(text, PUBLIC));
    }
}
