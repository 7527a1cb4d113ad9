package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.ModelParameters;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.TensorData;
import dev.palette.train.TrainingState.Best;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and moments on their way to a checkpoint and back. */
class CheckpointsTest {
    private static final List<Declaration> DECLARED = Declaration.linear("dense", 5, 3, null);

    @TempDir
    Path folder;

    private final List<String> messages = new ArrayList<>();
    private Kernel kernel;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    /** One process's view of a trial. */
    private final class Process {
        final ModelParameters parameters = new ModelParameters(DECLARED, CheckpointsTest::start, kernel.memory());
        final WeightUpdate update =
                new WeightUpdate(new Training.Options().steps(10).build(), parameters, kernel.memory());
        final Checkpoints checkpoints =
                new Checkpoints(new CheckpointStore(folder, messages::add), parameters, update, kernel.ops());

        void step(long step) {
            try (NDManager scope = kernel.memory().newSubManager()) {
                Map<String, NDArray> gradients = new LinkedHashMap<>();
                for (Declaration declaration : DECLARED) {
                    float[] values = new RandomStreams(step).normal(declaration.name(), (int) declaration.size(), 1);
                    gradients.put(
                            declaration.name(),
                            scope.create(
                                    values,
                                    new Shape(declaration.shape().stream()
                                            .mapToLong(Integer::longValue)
                                            .toArray())));
                }
                update.apply(step, gradients, kernel.ops().in(scope));
            }
        }

        TrainingState state(long done) {
            Map<String, Long> updates = new LinkedHashMap<>();
            update.states().forEach((name, adam) -> updates.put(name, adam.updates()));
            return new TrainingState(
                    done,
                    Map.of("cola", done),
                    updates,
                    Best.NONE,
                    0,
                    1,
                    0,
                    TrainingState.NOWHERE,
                    List.of(),
                    Map.of(),
                    List.of(),
                    Map.of());
        }

        List<float[]> values() {
            return DECLARED.stream()
                    .map(declaration -> parameters.get(declaration.name()).toFloatArray())
                    .toList();
        }
    }

    private static TensorData start(Declaration declaration) {
        return TensorData.ofFloats(
                declaration.name(),
                new RandomStreams(1).normal(declaration.name(), (int) declaration.size(), 1),
                declaration.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    @Test
    void whatContinuesFromACheckpointMovesAsIfItHadNeverStopped() {
        Process undisturbed = new Process();
        List.of(0L, 1L, 2L, 3L, 4L).forEach(undisturbed::step);
        Process first = new Process();
        List.of(0L, 1L, 2L).forEach(first::step);
        first.checkpoints.save(first.state(3));

        Process second = new Process();
        assertThat(second.checkpoints.restore()).hasValue(first.state(3));
        second.step(3);
        second.step(4);

        assertThat(second.values()).usingRecursiveComparison().isEqualTo(undisturbed.values());
    }

    @Test
    void continuingLeavesTheCheckpointItCameFromAlone() throws IOException {
        Process first = new Process();
        first.step(0);
        first.checkpoints.save(first.state(1));
        byte[] weights = Files.readAllBytes(folder.resolve("step-1/weights.safetensors"));
        byte[] moments = Files.readAllBytes(folder.resolve("step-1/optimizer.safetensors"));

        Process second = new Process();
        second.checkpoints.restore();
        second.step(1);

        assertThat(folder.resolve("step-1/weights.safetensors")).hasBinaryContent(weights);
        assertThat(folder.resolve("step-1/optimizer.safetensors")).hasBinaryContent(moments);
    }

    @Test
    void theBestWeightsComeBack() {
        Process process = new Process();
        process.step(0);
        List<float[]> best = process.values();
        process.checkpoints.saveBest(process.state(1));
        process.step(1);
        assertThat(process.values()).usingRecursiveComparison().isNotEqualTo(best);

        process.checkpoints.restoreBest(1);

        assertThat(process.values()).usingRecursiveComparison().isEqualTo(best);
    }

    @Test
    void damagedBestWeightsAreAnErrorThatSaysWhatToDo() throws IOException {
        Process process = new Process();
        process.checkpoints.saveBest(process.state(1));
        Path weights = folder.resolve("best-1/weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        assertThatThrownBy(() -> process.checkpoints.restoreBest(1))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(
                        "the weights of the best evaluation, at step 1, are missing or damaged; run the trial again to go on from an earlier checkpoint");
        assertThat(messages).singleElement().asString().contains("weights.safetensors has checksum");
    }

    @Test
    void theBestWeightsOfAnotherStepAreNotTaken() {
        Process process = new Process();
        process.checkpoints.saveBest(process.state(1));

        assertThatThrownBy(() -> process.checkpoints.restoreBest(2))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("at step 2");
    }
}
