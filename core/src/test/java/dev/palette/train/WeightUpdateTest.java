package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Declaration.Role;
import dev.palette.adapter.Declaration.Start;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.ModelParameters;
import dev.palette.model.ModelPart;
import dev.palette.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two parameters of two values, each starting at 1; a step names those that take part and their gradients, small enough not to be
 * clipped.
 */
class WeightUpdateTest {
    private static final String ONE = "head.one.weight";
    private static final String OTHER = "head.other.weight";

    private static final double RATE = 0.1;

    private Kernel kernel;
    private ModelParameters parameters;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
        declare(ONE, OTHER);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void aParameterThatTakesNoPartIsNotTouched() {
        WeightUpdate update = update(adamW(), Set.of());
        step(update, 0, Map.of(ONE, 0.25f, OTHER, 0.25f));
        float before = value(OTHER);
        step(update, 1, Map.of(ONE, 0.25f));
        assertThat(value(OTHER)).isEqualTo(before);
        assertThat(updates(update)).isEqualTo(Map.of(ONE, 2L, OTHER, 1L));
    }

    @Test
    void underUpdateIdleMomentumAndDecayMoveIt() {
        WeightUpdate update = update(adamW().weightDecay(0.5), Set.of(Compatibility.UPDATE_IDLE));
        step(update, 0, Map.of(ONE, 0.25f, OTHER, 0.25f));
        double before = value(OTHER);
        step(update, 1, Map.of(ONE, 0.25f));

        double mean = 0.9 * 0.1 / (1 - 0.9 * 0.9);
        double square = 0.999 * 0.001 / (1 - 0.999 * 0.999);
        double rate = RATE * 9 / 10; // the second of ten steps
        assertThat((double) value(OTHER))
                .isCloseTo(before * (1 - rate * 0.5) - rate * mean / Math.sqrt(square), within(1e-5));
        assertThat(updates(update)).isEqualTo(Map.of(ONE, 2L, OTHER, 2L));
    }

    @Test
    void underUpdateIdleNothingMovesBeforeItsFirstGradient() {
        WeightUpdate update = update(adamW().weightDecay(0.5), Set.of(Compatibility.UPDATE_IDLE));
        step(update, 0, Map.of(ONE, 0.25f));
        assertThat(value(OTHER)).isEqualTo(1);
        assertThat(updates(update)).isEqualTo(Map.of(ONE, 1L));
    }

    @Test
    void theScheduleCountsTheTrialsSteps() {
        WeightUpdate update = update(adamW(), Set.of());
        step(update, 5, Map.of(ONE, 0.25f));
        assertThat(moved(ONE)).isCloseTo(RATE * 5 / 10, within(5e-6));
    }

    @Test
    void underSchedulePerParameterItCountsTheParametersUpdates() {
        WeightUpdate update = update(adamW(), Set.of(Compatibility.SCHEDULE_PER_PARAMETER));
        step(update, 0, Map.of(ONE, 0.25f));
        step(update, 5, Map.of(ONE, 0.25f, OTHER, 0.25f));
        assertThat(moved(OTHER)).isCloseTo(RATE, within(5e-6));
        assertThat(moved(ONE)).isCloseTo(RATE + RATE * 9 / 10, within(5e-6));
    }

    @Test
    void adamWCorrectsTheBiasOfEachParametersFirstUpdates() {
        WeightUpdate update = update(adamW(), Set.of());
        step(update, 0, Map.of(ONE, 0.25f));
        assertThat(moved(ONE)).isCloseTo(RATE, within(5e-6));
        step(update, 1, Map.of(ONE, 0.25f, OTHER, 0.25f));
        assertThat(moved(OTHER)).isCloseTo(RATE * 9 / 10, within(5e-6));
    }

    @Test
    void bertAdamDoesNotCorrectIt() {
        WeightUpdate update = update(new Optimizer.BertAdamOptions().weightDecay(0), Set.of());
        step(update, 0, Map.of(ONE, 0.25f));
        assertThat(moved(ONE)).isCloseTo(RATE * 0.1 / Math.sqrt(0.001), within(1e-4));
    }

    @Test
    void biasesAndLayerNormsAreNotDecayed() {
        String matrix = "bert.pooler.dense.weight";
        String bias = "bert.pooler.dense.bias";
        String scale = "bert.embeddings.LayerNorm.weight";
        String shift = "bert.embeddings.LayerNorm.bias";
        String table = "bert.embeddings.word_embeddings.weight";
        declare(matrix, bias, scale, shift, table);
        step(
                update(adamW().weightDecay(0.5), Set.of()),
                0,
                Map.of(matrix, 0f, bias, 0f, scale, 0f, shift, 0f, table, 0f));
        assertThat(List.of(moved(bias), moved(scale), moved(shift))).containsOnly(0.0);
        assertThat(moved(matrix)).isCloseTo(RATE * 0.5, within(5e-6));
        assertThat(moved(table)).isCloseTo(RATE * 0.5, within(5e-6));
    }

    @Test
    void gradientsAreClippedByTheirCommonNorm() {
        Clipped clipped = clip(Set.of());
        assertThat(clipped.norm()).isCloseTo(Math.sqrt(2 * (9 + 0.25)), within(1e-5));
        assertThat(clipped.large()).isCloseTo(3 / clipped.norm(), within(1e-5));
        assertThat(clipped.small()).isCloseTo(0.5 / clipped.norm(), within(1e-5));
    }

    @Test
    void underClipPerTensorEachIsClippedByItsOwnNorm() {
        Clipped clipped = clip(Set.of(Compatibility.CLIP_PER_TENSOR));
        assertThat(clipped.norm()).isCloseTo(Math.sqrt(2 * (9 + 0.25)), within(1e-5));
        assertThat(clipped.large()).isCloseTo(Math.sqrt(0.5), within(1e-5));
        assertThat(clipped.small()).isCloseTo(0.5, within(1e-5));
    }

    @Test
    void theSmallAttentionInPalsMayHaveARateOfItsOwn() {
        declare(new Declaration(ONE, List.of(2), Start.ONE, null, Role.PAL_ATTENTION), plain(OTHER));
        step(
                update(
                        adamW().groups(ParameterGroup.of(
                                g -> g.parts(ModelPart.PAL_ATTENTION).learningRate(RATE / 4))),
                        Set.of()),
                0,
                Map.of(ONE, 0.25f, OTHER, 0.25f));
        assertThat(moved(OTHER)).isCloseTo(RATE, within(1e-5));
        assertThat(moved(ONE)).isCloseTo(RATE / 4, within(1e-5));
    }

    @Test
    void withoutOneItHasTheRateOfAll() {
        declare(new Declaration(ONE, List.of(2), Start.ONE, null, Role.PAL_ATTENTION), plain(OTHER));
        step(update(adamW(), Set.of()), 0, Map.of(ONE, 0.25f, OTHER, 0.25f));
        assertThat(moved(ONE)).isCloseTo(RATE, within(1e-5));
    }

    @Test
    void underScheduleCountsMicroStepsOnlyAPartOfTheScheduleIsGoneThrough() {
        Training.Options plan = new Training.Options()
                .steps(10)
                .batchSize(4)
                .accumulate(2)
                .optimizer(adamW().learningRate(RATE).warmupFraction(0).build());
        step(new WeightUpdate(plan.build(), parameters, kernel.memory()), 9, Map.of(ONE, 0.25f));
        plan.compatibility(Set.of(Compatibility.SCHEDULE_COUNTS_MICRO_STEPS));
        step(new WeightUpdate(plan.build(), parameters, kernel.memory()), 9, Map.of(OTHER, 0.25f));

        assertThat(moved(ONE)).isCloseTo(RATE * 1 / 10, within(1e-5)); // the last of ten steps
        assertThat(moved(OTHER)).isCloseTo(RATE * 11 / 20, within(1e-5)); // the tenth of twenty
    }

    @Test
    void restoredMomentsContinueWithTheSameBits() {
        WeightUpdate whole = update(adamW(), Set.of());
        step(whole, 0, Map.of(ONE, 0.25f));
        step(whole, 1, Map.of(ONE, -0.5f));
        float uninterrupted = value(ONE);

        declare(ONE);
        WeightUpdate first = update(adamW(), Set.of());
        step(first, 0, Map.of(ONE, 0.25f));
        WeightUpdate second = update(adamW(), Set.of());
        second.restore(first.states());
        step(second, 1, Map.of(ONE, -0.5f));
        assertThat(value(ONE)).isEqualTo(uninterrupted);
    }

    private record Clipped(double norm, double large, double small) {}

    /** Clips (3, 3) and (0.5, 0.5) at 1 and gives the first value of each. */
    private Clipped clip(Set<Compatibility> compatibility) {
        try (NDManager scope = kernel.memory().newSubManager()) {
            NDArray large = scope.create(new float[] {3, 3});
            NDArray small = scope.create(new float[] {0.5f, 0.5f});
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            gradients.put(ONE, large);
            gradients.put(OTHER, small);
            NDArray norm = update(adamW(), compatibility)
                    .apply(0, gradients, kernel.ops().in(scope));
            return new Clipped(norm.getFloat(), large.getFloat(0), small.getFloat(0));
        }
    }

    private void declare(String... names) {
        declare(Stream.of(names).map(WeightUpdateTest::plain).toArray(Declaration[]::new));
    }

    private static Declaration plain(String name) {
        return new Declaration(name, List.of(2), Start.ONE, null);
    }

    private void declare(Declaration... declared) {
        parameters = new ModelParameters(
                List.of(declared), d -> TensorData.ofFloats(d.name(), new float[] {1, 1}, 2), kernel.memory());
    }

    /** Ten steps at a rate that falls from the first. */
    private WeightUpdate update(Optimizer.Options<?> optimizer, Set<Compatibility> compatibility) {
        Training training = new Training.Options()
                .steps(10)
                .optimizer(optimizer.learningRate(RATE).warmupFraction(0).build())
                .compatibility(compatibility)
                .build();
        return new WeightUpdate(training, parameters, kernel.memory());
    }

    private static Optimizer.AdamWOptions adamW() {
        return new Optimizer.AdamWOptions().weightDecay(0);
    }

    private void step(WeightUpdate update, long step, Map<String, Float> gradientOf) {
        try (NDManager scope = kernel.memory().newSubManager()) {
            Map<String, NDArray> gradients = new LinkedHashMap<>();
            gradientOf.forEach((name, g) -> gradients.put(name, scope.create(new float[] {g, g})));
            update.apply(step, gradients, kernel.ops().in(scope));
        }
    }

    private static Map<String, Long> updates(WeightUpdate update) {
        Map<String, Long> counts = new LinkedHashMap<>();
        update.states().forEach((name, state) -> counts.put(name, state.updates()));
        return counts;
    }

    private float value(String name) {
        return parameters.get(name).toFloatArray()[0];
    }

    private double moved(String name) {
        return 1.0 - value(name);
    }
}
