package dev.palette.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A headless Chromium, driven through its own DevTools protocol: it needs no driver of the same version, and tells every error of the
 * console. Looked for in {@code -Dpalette.chromium}, on the path, and where Playwright keeps its browsers; where there is none, tests are
 * skipped and say so.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "chromium",
            "chromium-headless-shell",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Path profile;
    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private String session = "";

    private Chromium(Process process, Path profile, URI address) {
        this.process = process;
        this.profile = profile;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
    }

    /**
     * Starts one with an empty page.
     *
     * @param profile an empty folder
     * @throws TestAbortedException where there is no browser
     */
    public static Chromium start(Path profile) throws IOException, InterruptedException {
        Path program = find().orElseThrow(
                        () -> new TestAbortedException(
                                "no Chromium here: install one (Debian: apt-get install chromium), or name it with -Dpalette.chromium"));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox", // tests often run as root, and the page is ours
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        Chromium browser = new Chromium(process, profile, address(process, profile));
        browser.open();
        return browser;
    }

    private static Optional<Path> find() {
        String named = System.getProperty("palette.chromium");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        Path playwright = Path.of(System.getProperty("user.home"), ".cache", "ms-playwright");
        return Stream.concat(onPath, NAMES.stream().flatMap(name -> inPlaywright(playwright, name)))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Stream<Path> inPlaywright(Path cache, String name) {
        if (!Files.isDirectory(cache)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(cache, 3)) {
            return files.filter(file -> file.getFileName().toString().equals(name)).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Chromium writes where it listens into its profile. */
    private static URI address(Process process, Path profile) throws IOException, InterruptedException {
        Path file = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 20 * PATIENCE_SECONDS && process.isAlive(); i++) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() >= 2) {
                return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium did not start: " + Files.readString(profile.resolve("chromium.log")));
    }

    private void open() {
        String target = ask("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(command -> ask(command, Map.of()));
        size(1200, 900);
    }

    /** Goes to an address and waits until the page says that it is ready. */
    public void load(String address) {
        ask("Page.navigate", Map.of("url", address));
        await("document.documentElement?.dataset.ready === 'yes'");
    }

    /** The page's size in CSS pixels. */
    public void size(int width, int height) {
        ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** How the page is looked at, e.g. {@code prefers-color-scheme} {@code dark}. */
    public void prefers(String feature, String value) {
        ask("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** What an expression is, awaited where it is a promise. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** Waits until an expression is true. */
    public void await(String condition) {
        for (int i = 0; i < 20 * PATIENCE_SECONDS; i++) {
            if (evaluate("Boolean(" + condition + ")").asBoolean()) {
                return;
            }
            sleep();
        }
        throw new AssertionError("never came true: %s; errors: %s".formatted(condition, errors));
    }

    /** Presses and releases a key, e.g. {@code Tab}, {@code Space}, {@code ArrowDown}. */
    public void press(String key, int code, String text) {
        for (String type : List.of("keyDown", "keyUp")) {
            ask(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            code,
                            "text",
                            type.equals("keyDown") ? text : ""));
        }
    }

    /** A picture of what is in view. */
    public byte[] screenshot() {
        return Base64.getDecoder()
                .decode(ask("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data")
                        .asText());
    }

    /** The page on paper. */
    public byte[] pdf() {
        return Base64.getDecoder()
                .decode(ask("Page.printToPDF", Map.of("printBackground", true))
                        .get("data")
                        .asText());
    }

    /** What the console said of errors, what was thrown, refused by the page's policy or not found. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        int number = last.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer =
                new CompletableFuture<JsonNode>().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        asked.put(number, answer);
        socket.sendText(message.toString(), true).join();
        JsonNode said = answer.join();
        if (said.has("error")) {
            throw new AssertionError(method + ": " + said.get("error"));
        }
        return said.get("result");
    }

    private void hear(JsonNode message) {
        if (message.has("id")) {
            Objects.requireNonNull(asked.remove(message.get("id").asInt())).complete(message);
            return;
        }
        JsonNode said = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" ->
                errors.add(said.at("/exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "assert", "warning")
                        .contains(said.path("type").asText())) {
                    errors.add(said.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (!said.at("/entry/level").asText().equals("info")
                        && !said.at("/entry/level").asText().equals("verbose")) {
                    errors.add(said.at("/entry/text").asText());
                }
            }
            default -> {
                // all else that a browser tells
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
        dev.palette.storage.FileTree.delete(profile);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
            text.append(part);
            if (whole) {
                try {
                    hear(JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    errors.add(e.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
