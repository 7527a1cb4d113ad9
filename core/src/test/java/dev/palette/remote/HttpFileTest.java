package dev.palette.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file from a server on this machine. */
class HttpFileTest {
    private static final int SIZE = 300_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private Publisher publisher;
    private RemoteFile published;
    private DownloadProgress progress = DownloadProgress.SILENT;
    private Duration patience = Duration.ofSeconds(30);

    @BeforeEach
    void publish() throws IOException {
        new RandomStreams(1).stream("content", 0).nextBytes(content);
        publisher = new Publisher();
        published = publisher.publish("corpus.zip", content);
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    private Path fetch() throws IOException {
        return new HttpFile(new Http(patience), published, folder, progress).fetch();
    }

    private Path part() {
        return folder.resolve("corpus.zip.part");
    }

    private void assertFetched(Path file) {
        assertThat(file).isEqualTo(folder.resolve("corpus.zip")).hasBinaryContent(content);
        assertThat(part()).doesNotExist();
    }

    @Test
    void aWholeFileComesInOneRequestAndItsProgressIsTold() throws IOException {
        AtomicLong last = new AtomicLong();
        progress = (name, bytes, total) -> {
            assertThat(name).isEqualTo("corpus.zip");
            assertThat(total).isEqualTo(SIZE);
            assertThat(last.getAndSet(bytes)).isLessThan(bytes);
        };

        assertFetched(fetch());
        assertThat(last).hasValue(SIZE);
        assertThat(publisher.requests).containsExactly("/data/corpus.zip");
    }

    @Test
    void aFileThatIsThereIsNotFetched() throws IOException {
        Files.write(folder.resolve("corpus.zip"), content);

        assertFetched(fetch());
        assertThat(publisher.requests).isEmpty();
    }

    @Test
    void anotherFileOfThatNameIsRefusedAndKept() throws IOException {
        Path other = Files.writeString(folder.resolve("corpus.zip"), "mine");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(other + " is not the published file: it has SHA-256 ")
                .hasMessageEndingWith("remove it and run again");
        assertThat(other).hasContent("mine");
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItWas() throws IOException {
        publisher.breaks = 2;

        assertFetched(fetch());
        assertThat(publisher.requests).hasSize(3).element(2).asString().matches("/data/corpus.zip bytes=\\d+-");
    }

    @Test
    void whatAnEarlierProcessFetchedIsNotFetchedAgain() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 200_000));

        assertFetched(fetch());
        assertThat(publisher.requests).containsExactly("/data/corpus.zip bytes=200000-");
    }

    @Test
    void aServerWithoutRangesSendsAllOfItAgain() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 200_000));
        publisher.ranges = false;

        assertFetched(fetch());
        assertThat(publisher.requests).containsExactly("/data/corpus.zip bytes=200000-");
    }

    @Test
    void aBeginningOfAnotherVersionIsFetchedAgain() throws IOException {
        Files.write(part(), new byte[200_000]);

        assertFetched(fetch());
        assertThat(publisher.requests).containsExactly("/data/corpus.zip bytes=200000-", "/data/corpus.zip");
    }

    @Test
    void anOverlongBeginningIsFetchedAgain() throws IOException {
        Files.write(part(), new byte[SIZE + 1]);

        assertFetched(fetch());
        assertThat(publisher.requests).containsExactly("/data/corpus.zip");
    }

    @Test
    void aBeginningThatTheServerFindsTooLongIsFetchedAgain() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 200_000));
        publisher.unsatisfied = true;

        assertFetched(fetch());
        assertThat(publisher.requests).containsExactly("/data/corpus.zip bytes=200000-", "/data/corpus.zip");
    }

    @Test
    void aFileOfTheWrongChecksumIsRefusedAndNotKept() {
        publisher.replace("corpus.zip", new byte[SIZE]);

        assertThatThrownBy(this::fetch)
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(
                        "what %s sends is not the published file: found SHA-256 ".formatted(published.address()))
                .hasMessageContaining(published.checksum().hex());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileOfTheWrongSizeIsRefusedBeforeItIsFetched() {
        publisher.replace("corpus.zip", "<html>please log in</html>".getBytes());

        assertThatThrownBy(this::fetch)
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("found 26 bytes, expected 300,000 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNotThereGivesTheStatus() {
        published = new RemoteFile(publisher.address().resolve("/data/absent.zip"), 1, "0");

        assertThatThrownBy(this::fetch)
                .isInstanceOf(IOException.class)
                .hasMessage("the server answers with status 404");
    }

    @Test
    void aServerThatIsOutOfOrderIsNotAskedAgain() {
        publisher.status = 503;

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageEndingWith("status 503");
        assertThat(publisher.requests).hasSize(1);
    }

    @Test
    void aTransferInWhichNothingMovesIsEndedAndWhatCameIsKept() throws IOException {
        patience = Duration.ofMillis(400);
        publisher.silent = true;

        assertThatThrownBy(this::fetch).isInstanceOf(IOException.class).hasMessageStartingWith("nothing came for ");
        assertThat(part()).exists();
        assertThat(folder.resolve("corpus.zip")).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.createDirectory(part());

        assertThatThrownBy(this::fetch)
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("cannot write " + part());
    }
}
