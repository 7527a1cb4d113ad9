package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.tensor.TensorData;
import dev.palette.train.CheckpointStore.Checkpoint;
import dev.palette.train.TrainingState.Best;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void theNewestAloneIsKept() {
        save(OLDER);
        save(NEWER);

        assertThat(folder.resolve("checkpoints"))
                .isDirectoryContaining("glob:**/step-7")
                .isDirectoryNotContaining("glob:**/step-4");
        assertThat(latestStep()).hasValue((long) NEWER);
    }

    @Test
    void ofTwoTheNewerIsTakenByNumberNotByName() throws IOException {
        saveBoth(9, 10);

        assertThat(latestStep()).hasValue(10L);
    }

    /** What may have happened to a file. */
    enum Damage {
        TRUNCATED,
        FLIPPED,
        EMPTY,
        MISSING
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
        replace("step-7/state.json", "\"cola\":5", "\"cola\":4");

        assertNothingIsFoundButNamed("state.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "7"})
    void aStateThatIsNoneIsNotUsed(String text) throws IOException {
        save(NEWER);
        Files.writeString(file("step-7/state.json"), text);

        assertNothingIsFoundButNamed("step-7");
    }

    @Test
    void anOlderWholeOneIsTakenInsteadOfADamagedNewerOne() throws IOException {
        saveBoth(OLDER, NEWER);
        damage("step-7/weights.safetensors", Damage.FLIPPED);

        assertThat(latestStep()).hasValue((long) OLDER);
        assertThat(messages).singleElement().asString().contains("step-7").contains("not used");
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

        assertThat(file("step-4")).doesNotExist();
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

        store.keepBestOnly();

        assertThat(folder.resolve("checkpoints"))
                .isDirectoryContaining("glob:**/best")
                .isDirectoryNotContaining("glob:**/best-*")
                .isDirectoryNotContaining("glob:**/step-*");
        assertThat(store.latest()).isEmpty();
    }

    @Test
    void theBestWeightsBeforeStayUntilTheStateThatHasNewOnesIsWritten() {
        store.saveBest(state(OLDER), weights(OLDER));
        saveWithBest(OLDER, OLDER);
        store.saveBest(state(NEWER), weights(NEWER)); // killed here, the run continues from the older state
        assertThat(store.bestOf(OLDER)).isPresent();

        saveWithBest(NEWER, NEWER);
        assertThat(store.bestOf(OLDER)).isEmpty();
        assertThat(store.bestOf(NEWER)).isPresent();
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

    private static void close(CheckpointStore.Checkpoint checkpoint) {
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
        TrainingState.Best chosen = new TrainingState.Best(best, 0.5);
        TrainingState state = new TrainingState(
                plain.step(), plain.draws(), plain.updates(), chosen, plain.seconds(), 1, 0, TrainingState.NOWHERE);
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
                .singleElement()
                .asString()
                .startsWith("checkpoint " + file("step-7") + " is incomplete or damaged and is not used: ")
                .contains(file);
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

    /** As after a crash between writing the newer one and dropping the older one. */
    private void saveBoth(int older, int newer) throws IOException {
        save(older);
        Files.move(file("step-" + older), folder.resolve("aside"));
        save(newer);
        Files.move(folder.resolve("aside"), file("step-" + older));
    }

    private static TrainingState state(int step) {
        return state(step, TrainingState.NOWHERE);
    }

    private static TrainingState state(int step, long restorePoint) {
        return new TrainingState(
                step,
                Map.of("cola", 5L, "sts", 2L),
                Map.of("w", 7L),
                new Best(OLDER, 0.1 + 0.2),
                1.5,
                3,
                1,
                restorePoint);
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
            case TRUNCATED -> Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
            case FLIPPED -> {
                bytes[bytes.length - 5] ^= 1;
                Files.write(file, bytes);
            }
            case EMPTY -> Files.write(file, new byte[0]);
            case MISSING -> Files.delete(file);
        }
    }

    private void replace(String name, String old, String by) throws IOException {
        String text = Files.readString(file(name));
        assertThat(text).contains(old);
        Files.writeString(file(name), text.replace(old, by));
    }
}
