package dev.palette.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.remote.DownloadProgress;
import dev.palette.remote.Publisher;
import dev.palette.remote.RemoteFile;
import dev.palette.spec.PaletteException;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole data sets, from a server on this machine to folders that tasks read. */
class DataDownloadTest {
    private static final String MRPC_HEADER = "\uFEFFQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\n";

    @TempDir
    private Path temp;

    private final List<String> messages = new ArrayList<>();
    private Publisher publisher;
    private Path to;
    private DataSet wnli;
    private DataSet mrpc;

    @BeforeEach
    void publish() throws IOException {
        to = temp.resolve("glue_data");
        publisher = new Publisher();
        byte[] zip = Publisher.zip(
                "WNLI/",
                "",
                "WNLI/train.tsv",
                "index\tsentence1\tsentence2\tlabel\n0\tIt rains.\tThe sky rains.\t1\n",
                "WNLI/dev.tsv",
                "index\tsentence1\tsentence2\tlabel\n0\tIt falls.\tThe sky falls.\t0\n",
                "WNLI/test.tsv",
                "index\tsentence1\tsentence2\n0\tIt is.\tThe sky is.\n");
        wnli = of("wnli", List.of(publisher.publish("WNLI.zip", zip)));
        mrpc = of(
                "mrpc",
                List.of(
                        publisher.publish(
                                "msr_paraphrase_train.txt",
                                text(
                                        MRPC_HEADER
                                                + "1\t10\t11\tshe said \"so\"\tso she said\r\n0\t20\t21\tone\ttwo\n1\t30\t31\tred\tcrimson\n")),
                        publisher.publish(
                                "msr_paraphrase_test.txt",
                                text(MRPC_HEADER + "1\t40\t41\told\taged\n0\t50\t51\tnew\told\n")),
                        publisher.publish("mrpc_dev_ids.tsv", text("20\t21\n"))));
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The catalogue's data set with other sources. */
    private static DataSet of(String task, List<RemoteFile> sources) {
        DataSet known = Catalogue.glue().stream()
                .filter(data -> data.task().equals(task))
                .findFirst()
                .orElseThrow();
        return new DataSet(task, known.folder(), known.files(), sources, known.assembly());
    }

    private void fetch(DataSet... wanted) {
        new DataDownload(to, DownloadProgress.SILENT, messages::add, Duration.ofSeconds(30)).fetch(List.of(wanted));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(to)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @Test
    void aTaskReadsWhatWasFetchedForIt() throws IOException {
        fetch(wnli);

        for (Split split : List.of(Split.TRAIN, Split.DEV, Split.TEST)) {
            assertThat(GlueTasks.of(GlueLayout.WNLI).read(split, to).size()).isEqualTo(1);
        }
        assertThat(left()).containsExactly("WNLI");
        assertThat(messages).containsExactly("wnli: in " + to.resolve("WNLI"));
    }

    @Test
    void mrpcIsPutTogetherOfTheCorpusAndTheListOfDevPairs() throws IOException {
        fetch(mrpc);

        Path folder = to.resolve("MRPC");
        assertThat(folder.resolve("train.tsv"))
                .hasContent(MRPC_HEADER + "1\t10\t11\tshe said \"so\"\tso she said\n1\t30\t31\tred\tcrimson\n");
        assertThat(folder.resolve("dev.tsv")).hasContent(MRPC_HEADER + "0\t20\t21\tone\ttwo\n");
        assertThat(folder.resolve("test.tsv"))
                .hasContent("index\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t40\t41\told\taged\n1\t50\t51\tnew\told\n");
        assertThat(GlueTasks.of(GlueLayout.MRPC).read(Split.TRAIN, to).size()).isEqualTo(2);
        assertThat(left()).containsExactly("MRPC");
    }

    @Test
    void aDevPairThatTheCorpusLacksIsFound() throws IOException {
        List<RemoteFile> sources = new ArrayList<>(mrpc.sources());
        sources.set(2, publisher.publish("mrpc_dev_ids.tsv", text("20\t21\n21\t20\n")));

        assertThatThrownBy(() -> fetch(of("mrpc", sources)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("has 1 of the 2 pairs in");
        assertThat(left()).containsExactly(DataDownload.DOWNLOADS);
    }

    @Test
    void whatIsThereIsNotFetchedAgain() {
        fetch(wnli, mrpc);
        publisher.requests.clear();
        messages.clear();

        fetch(wnli, mrpc);

        assertThat(publisher.requests).isEmpty();
        assertThat(messages)
                .containsExactly(
                        "wnli: is there already, in " + to.resolve("WNLI"),
                        "mrpc: is there already, in " + to.resolve("MRPC"));
    }

    @Test
    void anIncompleteFolderIsNotTouchedAndNothingIsFetched() throws IOException {
        Path mine = Files.createDirectories(to.resolve("MRPC")).resolve("train.tsv");
        Files.writeString(mine, "mine");

        assertThatThrownBy(() -> fetch(wnli, mrpc))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        to.resolve("MRPC")
                                + " is there but lacks dev.tsv, test.tsv; move the folder away to have it fetched, or leave mrpc out with --tasks");
        assertThat(mine).hasContent("mine");
        assertThat(publisher.requests).isEmpty();
    }

    @Test
    void aFileThatCannotBeHadLeavesWhatIsDoneAndSaysWhatToPlaceWhereByHand() throws IOException {
        DataSet gone = of("rte", List.of(new RemoteFile(publisher.address().resolve("/data/RTE.zip"), 697_150, "0")));

        assertThatThrownBy(() -> fetch(wnli, gone, mrpc))
                .isInstanceOf(PaletteException.class)
                .hasMessage("""
                        cannot fetch %1$s/data/RTE.zip: the server answers with status 404
                        What has arrived is kept; the same command goes on from there. Behind a proxy, name it to Java: PALETTE_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'.
                        Without a network, fetch these elsewhere, put them into %2$s/downloads, and run the same command again:
                          RTE.zip                      697,150 bytes  %1$s/data/RTE.zip
                          msr_paraphrase_train.txt %3$11s bytes  %1$s/data/msr_paraphrase_train.txt
                          msr_paraphrase_test.txt  %4$11s bytes  %1$s/data/msr_paraphrase_test.txt
                          mrpc_dev_ids.tsv                   6 bytes  %1$s/data/mrpc_dev_ids.tsv
                        Or lay the data out yourself:
                          %2$s/RTE: train.tsv, dev.tsv, test.tsv
                          %2$s/MRPC: train.tsv, dev.tsv, test.tsv""".formatted(
                                publisher.address(),
                                to,
                                mrpc.sources().get(0).bytes(),
                                mrpc.sources().get(1).bytes()));
        assertThat(left()).containsExactly("WNLI", "downloads");
        assertThat(to.resolve("downloads")).isEmptyDirectory();
    }

    @Test
    void filesThatAPersonPlacedAreTakenWithoutANetwork() throws IOException {
        publisher.close();
        Path downloads = Files.createDirectories(to.resolve(DataDownload.DOWNLOADS));
        Files.write(downloads.resolve("WNLI.zip"), publisher.content("WNLI.zip"));

        fetch(wnli);

        assertThat(left()).containsExactly("WNLI");
    }

    @Test
    void aHostThatNobodyKnowsIsSaidPlainly() {
        DataSet nowhere = wnli.from(URI.create("http://no-such-host.invalid"));

        assertThatThrownBy(() -> fetch(nowhere))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("cannot fetch http://no-such-host.invalid/data/WNLI.zip: no host"
                        + " 'no-such-host.invalid' is known here; is this machine connected?\n");
    }

    @Test
    void aServerThatIsNotThereIsSaidPlainly() {
        publisher.close();

        assertThatThrownBy(() -> fetch(wnli))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("WNLI.zip: localhost cannot be connected to");
    }

    @Test
    void anArchiveThatIsHostileLeavesNoFolder() throws IOException {
        DataSet hostile =
                of("wnli", List.of(publisher.publish("WNLI.zip", Publisher.zip("WNLI/train.tsv", "", "../evil", ""))));

        assertThatThrownBy(() -> fetch(hostile))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("'../evil' leads out");
        assertThat(left()).containsExactly(DataDownload.DOWNLOADS);
    }

    @Test
    void anArchiveWithoutAFileThatTheTaskReadsLeavesNoFolder() throws IOException {
        DataSet half = of("wnli", List.of(publisher.publish("WNLI.zip", Publisher.zip("WNLI/train.tsv", ""))));

        assertThatThrownBy(() -> fetch(half))
                .isInstanceOf(PaletteException.class)
                .hasMessage("wnli: what was fetched holds no dev.tsv, test.tsv");
        assertThat(left()).containsExactly(DataDownload.DOWNLOADS);
    }

    @Test
    void whatAKilledProcessLeftIsCleared() throws IOException {
        Path half = Files.createDirectories(to.resolve(".WNLI.1234.tmp"));
        Files.writeString(half.resolve("train.tsv"), "half");

        fetch(wnli);

        assertThat(left()).containsExactly("WNLI");
    }

    @Test
    void aDataDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(to, "a file");

        assertThatThrownBy(() -> fetch(wnli))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("cannot write " + to);
    }
}
