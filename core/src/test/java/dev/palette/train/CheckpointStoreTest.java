package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.sampler.TaskReport;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.tensor.TensorData;
import dev.palette.train.CheckpointFolder.Checkpoint;
import dev.palette.train.CheckpointPlan.Keep;
import dev.palette.train.TrainingState.Best;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on disk after a crash or a disk's damage, and what of it is trusted. */
class CheckpointStoreTest {
    private static final int OLDER = 4;
    private static final int NEWER = 7;

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();
    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new CheckpointStore(folder.resolve("checkpoints"), messages::add);
    }

    @Test
    void withoutAFolderThereIsNothing() {
        assertThat(store.latest()).isEmpty();
        assertThat(store.bestOf(OLDER)).isEmpty();
        assertThat(messages).isEmpty();
    }

    @Test
    void whatIsSavedIsFound() {
        save(NEWER);

        try (Checkpoint found = store.latest().orElseThrow()) {
            assertThat(found.state()).isEqualTo(state(NEWER));
            assertThat(found.weights().tensor("w").toFloats()).containsExactly(NEWER, -NEWER);
            assertThat(found.optimizer().orElseThrow().tensor("mean.w").toFloats())
                    .containsExactly(NEWER / 2f);
        }
    }

    @Test
    void theLastTwoAreKept() {
        save(2);
        save(OLDER);
        save(NEWER);

        assertThat(names()).containsExactly("step-4", "step-7");
        assertThat(latestStep()).hasValue((long) NEWER);
    }

    @Test
    void ofTwoTheNewerIsTakenByNumberNotByName() {
        save(9);
        save(10);

        assertThat(latestStep()).hasValue(10L);
    }

    @Test
    void whereAllAreKeptThoseOfTheClockAreReplacedAllTheSame() {
        store = new CheckpointStore(
                folder.resolve("checkpoints"), new CheckpointPlan(Duration.ofDays(1), 10, Keep.ALL), messages::add);
        List.of(10, 13, 20, 26, 30, 35, 37).forEach(this::save);
        assertThat(names()).containsExactly("step-10", "step-20", "step-30", "step-35", "step-37");

        store.finish(OLDER);

        assertThat(names()).containsExactly("step-10", "step-20", "step-30");
    }

    @Test
    void allCanOnlyBeKeptWhereTheyAreWrittenByTheirSteps() {
        assertThatThrownBy(() -> new CheckpointPlan(Duration.ofDays(1), 0, Keep.ALL))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("checkpoint.keep is all, but checkpoint.steps is 0");
    }

    /** What may have happened to a file. */
    enum Damage {
        TRUNCATED,
        FLIPPED,
        EMPTY,
        MISSING,
        A_FOLDER,
        A_FULL_FOLDER,
        A_LINK
    }

    @ParameterizedTest
    @EnumSource
    void damagedWeightsAreNotUsedAndNamed(Damage damage) throws IOException {
        save(NEWER);
        damage("step-7/weights.safetensors", damage);

        assertNothingIsFoundButNamed("weights.safetensors");
    }

    @ParameterizedTest
    @EnumSource
    void damagedMomentsAreNotUsedAndNamed(Damage damage) throws IOException {
        save(NEWER);
        damage("step-7/optimizer.safetensors", damage);

        assertNothingIsFoundButNamed("optimizer.safetensors");
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedStateIsNotUsed(Damage damage) throws IOException {
        save(NEWER);
        damage("step-7/state.json", damage);

        assertNothingIsFoundButNamed("step-7");
    }

    @Test
    void aStateWithAnotherNumberIsNotUsed() throws IOException {
        save(NEWER);
        replace("step-7/state.json", "\"cola\" : 5", "\"cola\" : 4");

        assertNothingIsFoundButNamed("state.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "7"})
    void aStateThatIsNoneIsNotUsed(String text) throws IOException {
        save(NEWER);
        Files.writeString(file("step-7/state.json"), text);

        assertNothingIsFoundButNamed("step-7");
    }

    @ParameterizedTest
    @EnumSource
    void theOneBeforeIsTakenInsteadOfADamagedOne(Damage damage) throws IOException {
        save(OLDER);
        save(NEWER);
        damage("step-7/weights.safetensors", damage);

        assertThat(latestStep()).hasValue((long) OLDER);
        assertThat(messages)
                .satisfiesExactly(
                        first -> assertThat(first).contains("step-7").contains("not used"),
                        second -> assertThat(second)
                                .isEqualTo("training goes on from the checkpoint before, " + file("step-4")));
    }

    @ParameterizedTest
    @EnumSource
    void aWholeCheckpointMayBeReplacedByAnything(Damage damage) throws IOException {
        save(OLDER);
        save(NEWER);
        FileTree.delete(file("step-7"));
        Files.writeString(file("step-7"), "what was a folder is a file");
        damage("step-7", damage);

        assertThat(latestStep()).hasValue((long) OLDER);
        save(NEWER);
        assertThat(latestStep()).hasValue((long) NEWER);
    }

    @Test
    void whatCannotBeContinuedFromDoesNotCountAmongTheTwo() throws IOException {
        save(2);
        save(OLDER);
        damage("step-4/weights.safetensors", Damage.FLIPPED);
        assertThat(latestStep()).hasValue(2L);
        Files.createDirectories(file("step-5")); // killed while it was written

        save(NEWER);

        assertThat(names()).containsExactly("step-2", "step-7");
    }

    @Test
    void whatComesAfterTheStepThatTrainingWentBackToIsDropped() {
        save(OLDER);
        save(NEWER);
        save(5);

        assertThat(names()).containsExactly("step-4", "step-5");
    }

    @Test
    void aCheckpointUnderAnothersNameIsNotUsed() throws IOException {
        save(OLDER);
        Files.move(file("step-4"), file("step-9"));

        assertThat(store.latest()).isEmpty();
        assertThat(messages).element(0).asString().contains("state.json is that of step 4");
    }

    @Test
    void aNameThatLeadsOutOfTheCheckpointIsRefused() throws IOException {
        save(NEWER);
        Files.writeString(folder.resolve("secret"), "x");
        new SealedState(state(NEWER), Map.of("../../secret", "0", "weights.safetensors", "0"))
                .write(file("step-7/state.json"));

        assertThat(store.latest()).isEmpty();
        assertThat(messages).element(0).asString().contains("with the files ").contains("../../secret");
    }

    @Test
    void aDamagedOneIsReplacedByTheNextOfItsStep() throws IOException {
        save(NEWER);
        damage("step-7/weights.safetensors", Damage.TRUNCATED);
        save(NEWER);

        assertThat(latestStep()).hasValue((long) NEWER);
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsSweptAway() throws IOException {
        save(OLDER);
        Files.write(file("step-4/.weights.safetensors.123.tmp"), new byte[100]);
        save(NEWER);

        save(9);
        assertThat(file("step-4")).doesNotExist();
        FileTree.delete(file("step-9"));
        Files.delete(file("step-7/state.json"));
        Files.write(file("step-7/.state.json.456.tmp"), new byte[100]);
        save(NEWER);
        assertThat(file("step-7")).isDirectoryNotContaining("glob:**.tmp");
        assertThat(latestStep()).hasValue((long) NEWER);
    }

    @Test
    void theBestWeightsAreKeptBesideAndAlone() {
        store.saveBest(state(OLDER), weights(OLDER));
        saveWithBest(NEWER, OLDER);
        try (Checkpoint best = store.bestOf(OLDER).orElseThrow()) {
            assertThat(best.state().step()).isEqualTo(OLDER);
            assertThat(best.optimizer()).isEmpty();
        }

        store.finish(OLDER);

        assertThat(folder.resolve("checkpoints"))
                .isDirectoryContaining("glob:**/best")
                .isDirectoryNotContaining("glob:**/best-*")
                .isDirectoryNotContaining("glob:**/step-*");
        assertThat(store.latest()).isEmpty();
    }

    @Test
    void theBestWeightsStayAsLongAsACheckpointHasThemAsTheBest() {
        store.saveBest(state(OLDER), weights(OLDER));
        saveWithBest(OLDER, OLDER);
        store.saveBest(state(NEWER), weights(NEWER)); // killed here, the run continues from the older state
        assertThat(names()).containsExactly("best-4", "best-7", "step-4");

        saveWithBest(NEWER, NEWER);
        assertThat(names()).containsExactly("best-4", "best-7", "step-4", "step-7");

        saveWithBest(9, NEWER);
        assertThat(names()).containsExactly("best-7", "step-7", "step-9");
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointWhoseBestWeightsAreDamagedIsNotUsed(Damage damage) throws IOException {
        store.saveBest(state(OLDER), weights(OLDER));
        saveWithBest(OLDER, OLDER);
        store.saveBest(state(NEWER), weights(NEWER));
        saveWithBest(NEWER, NEWER);
        damage("best-7/weights.safetensors", damage);

        assertThat(latestStep()).hasValue((long) OLDER);
        assertThat(messages).element(0).asString().contains("best-7", "weights.safetensors");
    }

    @Test
    void aFinishedRunCanDoWithoutAllButItsBest() {
        store.saveBest(state(OLDER), weights(OLDER));
        saveWithBest(NEWER, OLDER);
        assertThat(store.redundant(OLDER)).containsExactly(file("step-7"));
        store.finish(OLDER);
        assertThat(store.redundant(OLDER)).isEmpty();

        saveWithBest(NEWER, OLDER); // as if it had been killed before the end
        store.saveBest(state(OLDER), weights(OLDER));
        assertThat(store.redundant(OLDER)).containsExactly(file("step-7"), file("best-4"));
    }

    @Test
    void theCheckpointThatTrainingMayGoBackToStaysUntilThereIsALaterOne() {
        save(OLDER);
        saveWithRestorePoint(NEWER, OLDER);
        saveWithRestorePoint(NEWER + 1, OLDER);
        assertThat(store.at(OLDER)).hasValueSatisfying(CheckpointStoreTest::close);

        saveWithRestorePoint(NEWER + 2, NEWER + 2);
        saveWithRestorePoint(NEWER + 3, NEWER + 2);
        saveWithRestorePoint(NEWER + 4, NEWER + 2);
        assertThat(store.at(OLDER)).isEmpty();
        assertThat(store.at(NEWER + 2)).hasValueSatisfying(CheckpointStoreTest::close);
    }

    @Test
    void goingBackDropsWhatWasMadeAfterwards() {
        save(OLDER);
        saveWithRestorePoint(NEWER, OLDER);
        store.dropAfter(OLDER);
        assertThat(latestStep()).hasValue((long) OLDER);
    }

    private static void close(CheckpointFolder.Checkpoint checkpoint) {
        checkpoint.close();
    }

    private void saveWithRestorePoint(int step, int restorePoint) {
        store.save(
                state(step, restorePoint),
                weights(step),
                List.of(TensorData.ofFloats("mean.w", new float[] {step / 2f}, 1)));
    }

    private void saveWithBest(int step, int best) {
        TrainingState plain = state(step);
        Best chosen = new Best(best, 0.1 + 0.2);
        TrainingState state = new TrainingState(
                plain.step(),
                plain.draws(),
                plain.updates(),
                chosen,
                plain.seconds(),
                1,
                0,
                TrainingState.NOWHERE,
                List.of(),
                Map.of(),
                List.of(),
                Map.of());
        store.save(state, weights(step), List.of(TensorData.ofFloats("mean.w", new float[] {step / 2f}, 1)));
    }

    @ParameterizedTest
    @EnumSource
    void damagedBestWeightsAreNotUsed(Damage damage) throws IOException {
        store.saveBest(state(OLDER), weights(OLDER));
        damage("best-" + OLDER + "/weights.safetensors", damage);

        assertThat(store.bestOf(OLDER)).isEmpty();
        assertThat(messages).singleElement().asString().contains("best").contains("weights.safetensors");
    }

    private void assertNothingIsFoundButNamed(String file) {
        assertThat(store.latest()).isEmpty();
        assertThat(messages)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "checkpoint " + file("step-7") + " is incomplete or damaged and is not used: ")
                                .contains(file),
                        second -> assertThat(second)
                                .isEqualTo("no checkpoint in %s is whole; training starts anew"
                                        .formatted(folder.resolve("checkpoints"))));
    }

    private Optional<Long> latestStep() {
        return store.latest().map(found -> {
            try (found) {
                return found.state().step();
            }
        });
    }

    private void save(int step) {
        store.save(state(step), weights(step), List.of(TensorData.ofFloats("mean.w", new float[] {step / 2f}, 1)));
    }

    private List<String> names() {
        try (Stream<Path> entries = Files.list(folder.resolve("checkpoints"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .sorted(Comparator.comparing(name -> name.replaceFirst("\\d+", "")
                            + "%03d".formatted(Integer.parseInt(name.replaceAll("\\D", "0")))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TrainingState state(int step) {
        return state(step, TrainingState.NOWHERE);
    }

    private static TrainingState state(int step, long restorePoint) {
        return new TrainingState(
                step,
                Map.of("cola", 5L, "sts", 2L),
                Map.of("w", 7L),
                Best.NONE,
                1.5,
                3,
                1,
                restorePoint,
                List.of(new TaskReport(2, Map.of("cola", 0.1 + 0.2), Map.of("sts", 0.7))),
                Map.of("sts", new LossMean(0.3, 2)),
                List.of(new TaskReport(4, Map.of(), Map.of("sts", Double.NaN, "cola", -0.1))),
                Map.of("weight", Map.of("cola", 1.1, "sts", 0.9)));
    }

    private static List<TensorData> weights(int step) {
        return List.of(TensorData.ofFloats("w", new float[] {step, -step}, 2));
    }

    private Path file(String name) {
        return folder.resolve("checkpoints").resolve(name);
    }

    private void damage(String name, Damage damage) throws IOException {
        Path file = file(name);
        byte[] bytes = Files.readAllBytes(file);
        switch (damage) {
            case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
            case FLIPPED -> {
                bytes[bytes.length - 5] ^= 1;
                Files.write(file, bytes);
            }
            case EMPTY -> Files.write(file, new byte[0]);
            case MISSING -> Files.delete(file);
            case A_FOLDER -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case A_FULL_FOLDER -> {
                Files.delete(file);
                Files.write(Files.createDirectory(file).resolve("in it"), bytes);
            }
            case A_LINK -> {
                Path elsewhere = folder.resolve("elsewhere");
                Files.move(file, elsewhere);
                Files.createSymbolicLink(file, elsewhere);
            }
        }
    }

    private void replace(String name, String old, String by) throws IOException {
        String text = Files.readString(file(name));
        assertThat(text).contains(old);
        Files.writeString(file(name), text.replace(old, by));
    }
}
