package dev.palette.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.testing.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.hipparchus.random.MersenneTwister;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probabilities are the original code's, and so are the tasks drawn from the same uniform numbers. */
class OriginalDrawsTest {
    /** Steps that the original calls an epoch, whatever the data. */
    private static final int EPOCH = 2_400;

    private JsonNode golden;
    private long[] sizes;

    @BeforeEach
    void readGolden() throws IOException {
        golden = Golden.read("samplers.json");
        sizes = longs(golden.get("sizes_in_code"));
    }

    @Test
    void proportionalProbabilitiesAreTheOriginals() {
        assertProbabilities(1, golden.get("prop").get("probs"));
    }

    @Test
    void squareRootProbabilitiesAreTheOriginals() {
        assertProbabilities(0.5, golden.get("sqrt").get("probs"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 25})
    void annealedProbabilitiesAreTheOriginalsInEveryPhase(int phases) {
        Annealed annealed = Annealed.of(a -> a.phases(phases));
        JsonNode epochs = golden.get("anneal_by_num_train_epochs").get(String.valueOf(phases));
        assertThat(epochs).hasSize(phases);
        for (int phase = 0; phase < phases; phase++) {
            double alpha = epochs.get(phase).get("alpha").asDouble();
            assertThat(annealed.alpha(phase)).isCloseTo(alpha, within(1e-12));
            assertProbabilities(annealed.alpha(phase), epochs.get(phase).get("probs"));
        }
    }

    @Test
    void theGeneratorIsTheOriginals() {
        assertThat(uniforms(200)).containsExactly(doubles(golden.get("mt19937_seed42_first_uniform_doubles")));
    }

    @Test
    void proportionalDrawsTheOriginalsTasks() {
        assertDraws(
                new Proportional().sampler(TaskSizes.of(sizes), 500),
                golden.get("seed42_first_500_task_ids").get("prop"));
    }

    @Test
    void squareRootDrawsTheOriginalsTasks() {
        assertDraws(
                new SquareRoot().sampler(TaskSizes.of(sizes), 500),
                golden.get("seed42_first_500_task_ids").get("sqrt"));
    }

    @Test
    void annealedDrawsTheOriginalsTasksAcrossItsPhases() {
        assertDraws(
                Annealed.of(a -> a.phases(2)).sampler(TaskSizes.of(sizes), 2 * EPOCH),
                golden.get("seed42_anneal_2_epochs_2400_steps_each"));
    }

    @Test
    void eachOfTwentyFivePhasesDrawsEachTaskAsOftenAsTheOriginal() {
        JsonNode expected = golden.get("seed42_anneal_25_epochs_counts_per_epoch");
        int[] tasks = draws(Annealed.of(a -> a.phases(25)).sampler(TaskSizes.of(sizes), 25 * EPOCH), 25 * EPOCH);
        for (int epoch = 0; epoch < 25; epoch++) {
            int[] counts = new int[sizes.length];
            Arrays.stream(tasks, epoch * EPOCH, (epoch + 1) * EPOCH).forEach(task -> counts[task]++);
            assertThat(counts).as("epoch %d", epoch).containsExactly(ints(expected.get(epoch)));
        }
    }

    /** The original takes the sizes of its own data; only their ratios count. */
    @Test
    void onlyTheRatiosOfTheSizesCount() {
        long[] examples = longs(golden.get("true_train_sizes_glue"));
        double[] probabilities = Distribution.power(TaskSizes.of(examples), 0.5).probabilities();
        assertThat(probabilities).containsExactly(doubles(golden.get("sqrt").get("probs")), within(1e-4));
    }

    private void assertProbabilities(double alpha, JsonNode expected) {
        assertThat(Distribution.power(TaskSizes.of(sizes), alpha).probabilities())
                .containsExactly(doubles(expected), within(1e-12));
    }

    private static void assertDraws(TaskSampler sampler, JsonNode expected) {
        assertThat(draws(sampler, expected.size()))
                .hasSizeGreaterThanOrEqualTo(500)
                .containsExactly(ints(expected));
    }

    private static int[] draws(TaskSampler sampler, int steps) {
        double[] uniforms = uniforms(steps);
        return IntStream.range(0, steps)
                .map(step -> sampler.draw(step, uniforms[step], List.of()))
                .toArray();
    }

    /** What NumPy draws after {@code seed(42)}: 53 bits of two outputs of the Mersenne Twister. */
    private static double[] uniforms(int count) {
        MersenneTwister twister = new MersenneTwister(42);
        return IntStream.range(0, count)
                .mapToDouble(i -> ((twister.nextInt() >>> 5) * 0x1p26 + (twister.nextInt() >>> 6)) * 0x1p-53)
                .toArray();
    }

    private static int[] ints(JsonNode array) {
        return Arrays.stream(longs(array)).mapToInt(Math::toIntExact).toArray();
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }
}
