package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** However random numbers are drawn, for processors or for GPUs. */
@ParameterizedClass
@ValueSource(strings = {"random-sliced", "random-native"})
class DropoutTest {
    private static final int VALUES = 20_000;

    @Parameter
    private String random;

    private Kernel kernel;
    private Ops ops;
    private NDArray ones;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1), random);
        ops = kernel.ops();
        ops.seed(42);
        ones = kernel.memory().ones(new Shape(VALUES));
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void aRateOfZeroLeavesEverything() {
        assertThat(ops.dropout(ones, 0).toFloatArray()).containsOnly(1);
    }

    @Test
    void theShareOfZerosIsTheRateAndTheOthersAreScaledUp() {
        float[] values = ops.dropout(ones, 0.2).toFloatArray();
        assertThat(values).containsOnly(0, 1.25f);
        assertThat(zeros(values) / (double) VALUES).isCloseTo(0.2, within(0.015)); // 5 standard deviations
    }

    @Test
    void theSameSeedDropsTheSameValues() {
        float[] first = ops.dropout(ones, 0.5).toFloatArray();
        float[] second = ops.dropout(ones, 0.5).toFloatArray();
        ops.seed(42);
        assertThat(ops.dropout(ones, 0.5).toFloatArray()).isEqualTo(first).isNotEqualTo(second);
    }

    @Test
    void anotherSeedDropsOthers() {
        float[] first = ops.dropout(ones, 0.5).toFloatArray();
        ops.seed(43);
        assertThat(ops.dropout(ones, 0.5).toFloatArray()).isNotEqualTo(first);
    }

    @Test
    void whatIsDroppedHasNoGradientAndTheOthersAreScaledUp() {
        ones.setRequiresGradient(true);
        NDArray dropped = ops.dropout(ones, 0.25);
        assertThat(ops.gradient(dropped.sum(), List.of(ones)).get(0).toFloatArray())
                .isEqualTo(dropped.toFloatArray());
    }

    /** Over T equal positions each probability is 1/T, so an output of all-one values is the share kept, scaled up. */
    @Test
    void attentionDropsProbabilitiesAndKeepsTheirMean() {
        int length = 100;
        Linear nothing = new Linear(
                kernel.memory().zeros(new Shape(2, 2)), kernel.memory().zeros(new Shape(2)));
        Linear one = new Linear(nothing.weight(), kernel.memory().ones(new Shape(2)));
        NDArray h = kernel.memory().ones(new Shape(length, 2));
        float[] attended = ops.selfAttention(h, layout(length), new SelfAttention(nothing, nothing, one, 1), 0.5)
                .toFloatArray();
        double sum = 0;
        for (float value : attended) {
            double kept = value * length * 0.5;
            assertThat(kept).isBetween(20.0, 80.0).isCloseTo(Math.rint(kept), within(1e-3));
            sum += value;
        }
        assertThat(sum / attended.length).isCloseTo(1, within(0.05));
    }

    /** What is dropped where attention computes its gradient must be what was dropped where it computed its value. */
    @Test
    void theGradientOfAttentionGoesThroughTheProbabilitiesThatWereKept() {
        int length = 40;
        NDArray zeros = kernel.memory().zeros(new Shape(2, 2));
        Linear nothing = new Linear(zeros, kernel.memory().zeros(new Shape(2)));
        Linear same = new Linear(kernel.memory().eye(2), kernel.memory().zeros(new Shape(2)));
        NDArray h = kernel.memory().ones(new Shape(length, 2));
        h.setRequiresGradient(true);
        NDArray attended = ops.selfAttention(h, layout(length), new SelfAttention(nothing, nothing, same, 1), 0.5);
        float kept = attended.sum().getFloat();
        float[] gradient = ops.gradient(attended.sum(), List.of(h)).get(0).toFloatArray();
        double sum = 0;
        for (float value : gradient) {
            sum += value;
        }
        assertThat(sum).isCloseTo(kept, within(1e-2)); // linear in h, which is 1 everywhere
    }

    @Test
    void theSameSeedDropsTheSameProbabilities() {
        Linear square = new Linear(kernel.memory().eye(8), kernel.memory().zeros(new Shape(8)));
        NDArray h = kernel.memory().ones(new Shape(30, 8));
        SelfAttention attention = new SelfAttention(square, square, square, 2);
        float[] first = ops.selfAttention(h, layout(30), attention, 0.5).toFloatArray();
        float[] second = ops.selfAttention(h, layout(30), attention, 0.5).toFloatArray();
        ops.seed(42);
        assertThat(ops.selfAttention(h, layout(30), attention, 0.5).toFloatArray())
                .isEqualTo(first)
                .isNotEqualTo(second);
    }

    @Test
    void attentionOfSeveralLengthsDropsProbabilitiesToo() {
        int[] lengths = {60, 100, 20};
        Linear nothing = new Linear(
                kernel.memory().zeros(new Shape(2, 2)), kernel.memory().zeros(new Shape(2)));
        Linear one = new Linear(nothing.weight(), kernel.memory().ones(new Shape(2)));
        float[] attended = ops.selfAttention(
                        kernel.memory().ones(new Shape(180, 2)),
                        Layout.packed(lengths, kernel.memory()),
                        new SelfAttention(nothing, nothing, one, 1),
                        0.5)
                .toFloatArray();
        double sum = 0;
        for (float value : attended) {
            assertThat(value).isBetween(0.1f, 1.9f);
            sum += value;
        }
        assertThat(sum / attended.length).isCloseTo(1, within(0.06));
    }

    @Test
    void theEndsOfBothSublayersAreDropped() {
        Linear square = new Linear(kernel.memory().eye(8), kernel.memory().ones(new Shape(8)));
        NDArray h = kernel.memory().ones(new Shape(50, 8));
        NDArray attended = ops.attention(h, layout(50), new SelfAttention(square, square, square, 2), square, 0, 0.5);
        assertThat(zeros(attended.toFloatArray())).isBetween(150L, 250L);
        assertThat(zeros(ops.feedForward(h, square, square, 0.5).toFloatArray()))
                .isBetween(150L, 250L);
    }

    private Layout layout(int length) {
        return Layout.packed(new int[] {length}, kernel.memory());
    }

    private static long zeros(float[] values) {
        long zeros = 0;
        for (float value : values) {
            if (value == 0) {
                zeros++;
            }
        }
        return zeros;
    }
}
