package dev.palette.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.testing.HubPublisher;
import dev.palette.testing.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model from a hub on this machine into an empty cache, and out of a full one. */
class HubTest {
    private static final ModelId MODEL = new ModelId("org/tiny");
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String NEXT = "89abcdef0123456789abcdef0123456789abcdef";
    private static final int SIZE = 300_000;

    @TempDir
    private Path temporary;

    private final byte[] config = "{\"model_type\": \"bert\"}\n".getBytes(StandardCharsets.UTF_8);
    private final byte[] weights = new byte[SIZE];
    private final Map<String, String> environment = new HashMap<>();
    private HubPublisher publisher;
    private Path cache;
    private ModelFolder.Linking linking = (link, target) -> Files.createSymbolicLink(link, target);

    @BeforeEach
    void publish() throws IOException {
        new RandomStreams(1).stream("content", 0).nextBytes(weights);
        publisher = new HubPublisher("org/tiny");
        publisher.publish(COMMIT, Map.of("config.json", config, "model.bin", weights, "README.md", new byte[3]));
        cache = temporary.resolve("hugging/hub");
        environment.put("HF_HOME", temporary.resolve("hugging").toString());
        environment.put("HF_ENDPOINT", publisher.endpoint() + "/");
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    /** Wants the configuration and the weights. */
    private static final class Both implements Hub.Wanted {
        private static final List<String> NAMES = List.of("config.json", "model.bin");

        @Override
        public boolean isIn(Path folder) {
            return NAMES.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
        }

        @Override
        public List<String> of(Collection<String> files) {
            List<String> wanted = new ArrayList<>(NAMES);
            wanted.retainAll(files);
            return wanted;
        }
    }

    private Hub hub() {
        return new Hub(HubPlaces.of(environment, temporary), DownloadProgress.SILENT, linking, Duration.ofSeconds(30));
    }

    private Path fetch() {
        Hub hub = hub();
        return hub.folder(MODEL, hub.commit(MODEL, Revision.MAIN), new Both());
    }

    private Path model() {
        return cache.resolve("models--org--tiny");
    }

    private Path blob(String name) {
        return model().resolve("blobs").resolve(publisher.etag(COMMIT, name));
    }

    private void assertFetched(Path folder) {
        assertThat(folder).isEqualTo(model().resolve("snapshots").resolve(COMMIT));
        assertThat(folder.resolve("config.json")).hasBinaryContent(config);
        assertThat(folder.resolve("model.bin")).hasBinaryContent(weights);
        assertThat(folder.resolve("README.md")).doesNotExist();
    }

    private static void refused(ThrowingCallable fetch, String... parts) {
        assertThatThrownBy(fetch).isInstanceOf(PaletteException.class).hasMessageContainingAll(parts);
    }

    @Test
    void whatIsWantedIsFetchedIntoTheLayoutOfTheLibraries() throws IOException {
        Path folder = fetch();

        assertFetched(folder);
        assertThat(model().resolve("refs/main")).hasContent(COMMIT);
        assertThat(Files.readSymbolicLink(folder.resolve("config.json")))
                .hasToString("../../blobs/" + publisher.etag(COMMIT, "config.json"));
        assertThat(Files.readSymbolicLink(folder.resolve("model.bin")))
                .hasToString("../../blobs/" + publisher.etag(COMMIT, "model.bin"));
        assertThat(model().resolve("blobs")).isDirectoryNotContaining("glob:**.incomplete");
        String etag = publisher.etag(COMMIT, "model.bin");
        assertThat(publisher.requests)
                .containsExactly(
                        "GET hub/api/models/org/tiny/revision/main",
                        "GET hub/api/models/org/tiny/revision/" + COMMIT,
                        "HEAD hub/org/tiny/resolve/" + COMMIT + "/config.json",
                        "HEAD hub/org/tiny/resolve/" + COMMIT + "/model.bin",
                        "GET hub/org/tiny/resolve/" + COMMIT + "/config.json",
                        "GET hub/org/tiny/resolve/" + COMMIT + "/model.bin",
                        "GET blobs/" + etag);
    }

    @Test
    void whatIsThereIsReadWithoutAWordToTheServer() {
        fetch();
        publisher.requests.clear();
        publisher.refs.put("main", NEXT);

        assertFetched(fetch());
        assertThat(publisher.requests).isEmpty();
    }

    @Test
    void offlineNobodyIsAsked() {
        environment.put("HF_HUB_OFFLINE", "1");

        refused(
                this::fetch,
                "org/tiny at main is not whole in " + cache,
                "HF_HUB_OFFLINE",
                "hf download org/tiny",
                "copy its folder models--org--tiny");
        assertThat(publisher.requests).isEmpty();
        assertThat(cache).doesNotExist();

        environment.remove("HF_HUB_OFFLINE");
        fetch();
        environment.put("HF_HUB_OFFLINE", "yes");
        assertFetched(fetch());
    }

    @Test
    void aTagAndTheBeginningOfACommitStandForIt() {
        publisher.refs.put("v1.0", COMMIT);
        publisher.refs.put("refs/pr/1", COMMIT);

        assertThat(hub().commit(MODEL, new Revision("v1.0"))).isEqualTo(COMMIT);
        assertThat(hub().commit(MODEL, new Revision("refs/pr/1"))).isEqualTo(COMMIT);
        assertThat(hub().commit(MODEL, new Revision(NEXT))).isEqualTo(NEXT);
        publisher.requests.clear();
        assertThat(hub().commit(MODEL, new Revision("v1.0"))).isEqualTo(COMMIT);
        assertThat(hub().commit(MODEL, new Revision("0123456"))).isEqualTo(COMMIT);
        assertThat(publisher.requests).isEmpty();
        assertThat(model().resolve("refs/refs/pr/1")).hasContent(COMMIT);
    }

    @Test
    void aBeginningOfTwoCommitsIsRefused() throws IOException {
        fetch();
        Files.createDirectories(model().resolve("snapshots/0123" + NEXT.substring(4)));

        refused(() -> hub().commit(MODEL, new Revision("0123")), "'0123' begins 2 commits of org/tiny");
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() {
        publisher.breaks = 2;

        assertFetched(fetch());
        assertThat(publisher.requests)
                .filteredOn(request -> request.startsWith("GET blobs/"))
                .hasSize(3)
                .last()
                .asString()
                .matches("GET blobs/\\w+ \\[bytes=\\d+-]");
    }

    @Test
    void whatAnEarlierProcessFetchedIsNotFetchedAgain() throws IOException {
        Files.createDirectories(model().resolve("blobs"));
        Path part = model().resolve("blobs").resolve(publisher.etag(COMMIT, "model.bin") + ".palette.incomplete");
        Files.write(part, Arrays.copyOf(weights, 200_000));

        assertFetched(fetch());
        assertThat(publisher.requests).last().asString().endsWith(" [bytes=200000-]");
    }

    @Test
    void aContentOfAnEarlierCommitIsNotFetchedAgain() {
        fetch();
        publisher.publish(NEXT, Map.of("config.json", new byte[] {'{', '}'}, "model.bin", weights));
        publisher.requests.clear();

        Path folder = hub().folder(MODEL, NEXT, new Both());

        assertThat(folder.resolve("model.bin")).hasBinaryContent(weights);
        assertThat(publisher.requests).noneMatch(request -> request.contains("blobs/"));
    }

    @Test
    void otherBytesThanTheServerSaysAreRefusedAndNotKept() {
        publisher.wrong = true;

        refused(this::fetch, "is not the published file: found SHA-256 ", publisher.etag(COMMIT, "model.bin"));
        assertThat(blob("model.bin")).doesNotExist();
        assertThat(model().resolve("blobs")).isDirectoryNotContaining("glob:**.incomplete");

        publisher.wrong = false;
        assertFetched(fetch());
    }

    @Test
    void aContentThatWasChangedInTheCacheIsRefused() throws IOException {
        Files.createDirectories(model().resolve("blobs"));
        Files.write(blob("config.json"), new byte[config.length]);

        refused(this::fetch, blob("config.json") + " is not the published file: it has git SHA-1 ");
    }

    @Test
    void aServerThatTellsNoChecksumIsRefused() {
        publisher.withoutEtags = true;

        refused(this::fetch, "localhost tells no checksum of config.json");
    }

    @Test
    void theTokenIsShownToTheHubAloneAndToNobodyWhoReadsMessages() throws IOException {
        publisher.token = "hf_secret";
        refused(this::fetch, "has no model 'org/tiny' that you may read", "give your token: HF_TOKEN");

        environment.put("HF_TOKEN", "hf_wrong");
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("see that the token (HF_TOKEN, or")
                .hasMessageNotContaining("hf_wrong");

        environment.remove("HF_TOKEN");
        Files.createDirectories(temporary.resolve("hugging"));
        Files.writeString(temporary.resolve("hugging/token"), "hf_secret\n");
        publisher.requests.clear();
        assertFetched(fetch());
        assertThat(publisher.requests)
                .allSatisfy(request ->
                        assertThat(request.contains("[Bearer hf_secret]")).isEqualTo(request.contains(" hub/")))
                .anyMatch(request -> request.startsWith("GET blobs/"));
        assertThat(HubPlaces.of(Map.of("HF_TOKEN", "hf_secret"), temporary).toString())
                .doesNotContain("secret");
    }

    @Test
    void aTokenWithABlankIsNotShown() {
        environment.put("HF_TOKEN", "hf_se cret");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(PaletteException.class)
                .hasMessage("the token in HF_TOKEN has blanks or characters that no token has; copy it again");
    }

    @Test
    void aGatedModelIsToldWhereToAskForAccess() {
        publisher.gated = true;
        refused(this::fetch, "org/tiny is given to those alone whom its owner admits; ask for access on ", "/org/tiny");

        environment.put("HF_TOKEN", "hf_mine");
        refused(this::fetch, "see that the token (HF_TOKEN, or ", "is valid, of an account that may read it");
    }

    @Test
    void whatIsNotOnTheHubIsNamed() {
        refused(
                () -> hub().commit(MODEL, new Revision("v9")),
                "org/tiny has no branch, tag or commit 'v9'; choose one of ",
                "/org/tiny/commits");
        refused(
                () -> hub().commit(new ModelId("org/tniy"), Revision.MAIN),
                "has no model 'org/tniy' that you may read");
    }

    @Test
    void aServerThatIsOutOfOrderOrNotThereIsNamed() {
        publisher.status = 503;
        refused(
                this::fetch,
                "cannot fetch org/tiny at main from ",
                "the server answers with status 503",
                "HF_ENDPOINT");
        publisher.status = 429;
        refused(this::fetch, "says that too much was asked of it");
        publisher.close();
        refused(this::fetch, "localhost cannot be connected to", "hf download org/tiny");
    }

    @Test
    void whereThereAreNoLinksFilesLieThemselves() {
        linking = (link, target) -> {
            throw new UnsupportedOperationException("no links");
        };

        Path folder = fetch();

        assertFetched(folder);
        assertThat(folder.resolve("model.bin"))
                .satisfies(file -> assertThat(Files.isSymbolicLink(file)).isFalse());
    }

    @Test
    void aDiskThatIsTooSmallIsNamedBeforeAnythingIsFetched() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("disk"));
        try (SmallDisk disk = SmallDisk.mount(folder, 100)) {
            environment.put("HF_HOME", disk.folder().toString());

            refused(this::fetch, "org/tiny needs 300 kB more in " + disk.folder(), "HF_HUB_CACHE");
            assertThat(publisher.requests).noneMatch(request -> request.startsWith("GET blobs/"));
        }
    }

    @Test
    void placesAreThoseOfTheLibraries() {
        Path home = Path.of("/home/me");

        assertThat(HubPlaces.of(Map.of(), home).cache()).hasToString("/home/me/.cache/huggingface/hub");
        assertThat(HubPlaces.of(Map.of(), home).endpoint()).hasToString("https://huggingface.co");
        assertThat(HubPlaces.of(Map.of("XDG_CACHE_HOME", "/caches"), home).cache())
                .hasToString("/caches/huggingface/hub");
        assertThat(HubPlaces.of(Map.of("HF_HOME", "~/hf"), home).cache()).hasToString("/home/me/hf/hub");
        assertThat(HubPlaces.of(Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "/models"), home)
                        .cache())
                .hasToString("/models");
        assertThat(HubPlaces.of(Map.of("HF_HOME", "/hf"), home).tokenFile()).hasToString("/hf/token");
        assertThat(HubPlaces.of(Map.of("HF_HUB_OFFLINE", "0"), home).offline()).isFalse();
        refused(
                () -> HubPlaces.of(Map.of("HF_ENDPOINT", "mirror.example"), home),
                "HF_ENDPOINT is 'mirror.example', expected an address such as https://huggingface.co");
    }

    @Test
    void namesThatWouldLeaveTheCacheAreRefused() {
        for (String name : List.of("", "..", "a/b/c", "../../etc", "/etc", "a/..", "org/a--b", "org/a b", "org/")) {
            refused(() -> new ModelId(name), "'" + name + "' is no model of the Hugging Face hub");
        }
        for (String revision : List.of("", "..", "a/../b", "/main", "main/", "a b", "a?b")) {
            refused(() -> new Revision(revision), "'" + revision + "' is no revision");
        }
    }

    @Test
    void aFileThatTheServerCallsOddlyIsNotFetched() {
        publisher.publish(COMMIT, Map.of("config.json", config, "../x", new byte[3]));

        Hub.Wanted odd = new Hub.Wanted() {
            @Override
            public boolean isIn(Path folder) {
                return false;
            }

            @Override
            public List<String> of(Collection<String> files) {
                return files.stream().filter(name -> name.contains("x")).toList();
            }
        };
        refused(() -> hub().folder(MODEL, COMMIT, odd), "the name '../x' is not one that is fetched");
        assertThat(model()).doesNotExist();
    }
}
