package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.tensor.TensorData;
import dev.palette.text.RealVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {
    private static final Task STS = GlueTasks.of(GlueLayout.STS);

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private Path vocabulary;

    @BeforeEach
    void write() throws IOException {
        vocabulary = folder.resolve("vocab.txt");
        Files.write(vocabulary, RealVocabulary.bytes());
        writeData("a cat sat");
    }

    @Test
    void theSecondTimeNothingIsReadAndTheBatchesAreTheSame() {
        Batch first = batch(toTrain(16));
        Batch second = batch(toTrain(16));
        assertThat(second).usingRecursiveComparison().isEqualTo(first);
        assertThat(second.labels()).containsExactly(0.2f, 0.5f);
        assertThat(reads).hasValue(1);
        assertThat(messages).isEmpty();
    }

    @Test
    void aKeptDatasetScoresPredictsAndRemarksAsItDid() throws IOException {
        Path qqp = folder.resolve("data/QQP/train.tsv");
        TsvFile.write(
                qqp,
                "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate",
                "0\t1\t2\tbroken",
                "1\t1\t2\twhy\twhy not\t1");
        Task task = GlueTasks.of(GlueLayout.QQP);
        Dataset made = store(16).toTrain(task, data());
        Dataset kept = store(16).toTrain(counting(task), data());
        Outputs outputs = Outputs.of(new float[] {0, 1}, 2);
        assertThat(kept.predictions(outputs)).isEqualTo(made.predictions(outputs));
        assertThat(kept.predictions(outputs).get(".tsv")).contains("\n1\t1\t");
        assertThat(kept.scores(outputs)).isEqualTo(made.scores(outputs));
        assertThat(kept.remarks()).containsExactly("1 rows without all columns left out, as the original does");
        assertThat(kept.commonest().orElseThrow()).containsExactly(0, 1);
        assertThat(reads).hasValue(0);
    }

    @Test
    void oneSplitIsTokenisedOnceThoughItIsTrainedOnAndPredicted() {
        DatasetStore store = store(16);
        assertThat(store.toPredict(counting(STS), Split.TRAIN, data())).isSameAs(store.toTrain(counting(STS), data()));
        assertThat(reads).hasValue(1);
    }

    @Test
    void otherTextsAreTokenisedAnew() throws IOException {
        toTrain(16);
        writeData("a cat ran");
        assertThat(batch(toTrain(16)).inputIds()).contains(2743); // ran
        assertThat(reads).hasValue(2);
    }

    @Test
    void anotherLengthIsTokenisedAnew() {
        toTrain(16);
        assertThat(batch(toTrain(6)).width()).isEqualTo(6);
        assertThat(batch(toTrain(16)).width()).isGreaterThan(6);
        assertThat(reads).hasValue(2);
    }

    @Test
    void anotherVocabularyOrCaseIsTokenisedAnew() throws IOException {
        toTrain(16);
        try (DatasetStore cased = new DatasetStore(cache(), vocabulary, false, 16, messages::add)) {
            cased.toTrain(counting(STS), data());
        }
        assertThat(reads).hasValue(2);
        Files.writeString(vocabulary, "another\n", StandardOpenOption.APPEND);
        toTrain(16);
        assertThat(reads).hasValue(3);
    }

    @Test
    void otherColumnsAndLabelsAreAnotherKey() {
        TextForm form = (TextForm) STS.form(Split.TRAIN, data()).orElseThrow();
        assertThat(form.key())
                .isNotEqualTo(STS.form(Split.DEV, data()).orElseThrow().key())
                .isNotEqualTo(new TextForm(form.columns(), new Target.Regression(0, 6), form.metrics(), 1).key());
    }

    @Test
    void aDamagedFileIsNamedAndMadeAgain() throws IOException {
        Batch first = batch(toTrain(16));
        byte[] bytes = Files.readAllBytes(onlyFile());
        bytes[bytes.length - 1] ^= 1;
        Files.write(onlyFile(), bytes);

        assertThat(batch(toTrain(16))).usingRecursiveComparison().isEqualTo(first);

        assertThat(messages).singleElement().asString().contains("made again").contains(onlyFile() + " is damaged");
        assertThat(batch(toTrain(16))).usingRecursiveComparison().isEqualTo(first);
        assertThat(messages).hasSize(1);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aFileThatIsWholeAndContradictsItselfIsMadeAgain() throws IOException {
        Batch first = batch(toTrain(16));
        String key = keyOf(onlyFile());
        DatasetArrays arrays = DatasetFile.read(onlyFile(), key);
        List<TensorData> tensors = new ArrayList<>(arrays.tensors().values());
        tensors.removeIf(tensor -> tensor.name().equals("ends"));
        tensors.add(TensorData.ofInts("ends", 1_000_000_000, 2_000_000_000));
        DatasetFile.write(onlyFile(), key, DatasetArrays.of(tensors, List.of()));

        assertThat(batch(toTrain(16))).usingRecursiveComparison().isEqualTo(first);
        assertThat(messages).singleElement().asString().contains("sequence 0 ends at 1000000000");
    }

    @Test
    void whatIsMissingOrMalformedIsSaidAsWithoutAStore() throws IOException {
        assertThatThrownBy(() -> store(16).toPredict(STS, Split.DEV, data()))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("no file 'dev.tsv'");
        TsvFile.write(data().resolve("STS-B/train.tsv"), "index\tgenre");
        assertThatThrownBy(() -> toTrain(16))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("train.tsv:1: found 2 columns");
        assertThat(cache().resolve("tokenised")).doesNotExist();
    }

    @Test
    void whatChangesWhileItIsReadIsNotKept() {
        Task changing = new Watched(STS, () -> writeData("a cat ran"));
        store(16).toTrain(changing, data());
        assertThat(cache().resolve("tokenised")).doesNotExist();
        assertThat(batch(toTrain(16)).inputIds()).contains(2743); // ran
    }

    @Test
    void whereTheCacheCannotBeWrittenTrainingGoesOn() throws IOException {
        Files.createDirectories(cache());
        Files.writeString(cache().resolve("tokenised"), "a file, not a folder");
        assertThat(batch(toTrain(16)).rows()).isEqualTo(2);
        assertThat(messages).singleElement().asString().contains("not kept for the next time");
    }

    @Test
    void whatWasNotUsedForThirtyDaysGoesWhenSomethingNewComes() throws IOException {
        toTrain(16);
        Path used = onlyFile();
        Path foreign = Files.writeString(used.resolveSibling("notes.txt"), "somebody's own");
        Path old = Files.writeString(used.resolveSibling("old.safetensors"), "x");
        Path abandoned = Files.writeString(used.resolveSibling(".x.tmp"), "x");
        for (Path file : List.of(used, foreign, old, abandoned)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        }
        toTrain(16); // a use
        assertThat(old).exists();
        toTrain(12); // something new
        assertThat(used).exists();
        assertThat(foreign).exists();
        assertThat(old).doesNotExist();
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void severalMayFillTheCacheAtATime() throws IOException {
        List<Batch> batches = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> batch(toTrain(16)))
                .toList();
        Batch expected = batch(toTrain(16));
        assertThat(batches)
                .allSatisfy(
                        batch -> assertThat(batch).usingRecursiveComparison().isEqualTo(expected));
        assertThat(messages).isEmpty();
        assertThat(onlyFile()).isRegularFile();
    }

    private Dataset toTrain(int maxLength) {
        try (DatasetStore store = store(maxLength)) {
            return store.toTrain(counting(STS), data());
        }
    }

    private DatasetStore store(int maxLength) {
        return new DatasetStore(cache(), vocabulary, true, maxLength, messages::add);
    }

    private static Batch batch(Dataset dataset) {
        return dataset.batch(new int[] {1, 0});
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(cache().resolve("tokenised"))) {
            return files.reduce((a, b) -> {
                        throw new AssertionError("both " + a + " and " + b);
                    })
                    .orElseThrow();
        }
    }

    private static String keyOf(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            return opened.metadata().get("key");
        }
    }

    private void writeData(String text) {
        String columns = "%d\tnews\tf\t2026\t7\ts\ts\t%s\t%s\t%s";
        TsvFile.write(
                data().resolve("STS-B/train.tsv"),
                "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore",
                columns.formatted(0, text, "a dog sat there", "2.5"),
                columns.formatted(1, "yes", text, "1.0"));
    }

    /** The same task, with its reading counted. */
    private Task counting(Task task) {
        return new Watched(task, reads::incrementAndGet);
    }

    /**
     * A task.
     *
     * @param read happens when its file is read
     */
    private record Watched(Task task, Runnable read) implements Task {
        @Override
        public String name() {
            return task.name();
        }

        @Override
        public Head head() {
            return task.head();
        }

        @Override
        public Loss loss() {
            return task.loss();
        }

        @Override
        public List<? extends Metric> metrics() {
            return task.metrics();
        }

        @Override
        public List<Evaluation> evaluations() {
            return task.evaluations();
        }

        @Override
        public Map<Split, Path> files(Path dataDirectory) {
            return task.files(dataDirectory);
        }

        @Override
        public Examples read(Split split, Path dataDirectory) {
            Examples examples = task.read(split, dataDirectory);
            read.run();
            return examples;
        }

        @Override
        public Optional<DatasetForm> form(Split split, Path dataDirectory) {
            return task.form(split, dataDirectory);
        }
    }
}
