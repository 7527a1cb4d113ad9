package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clipping and AdamW, against double arithmetic. */
class UpdateOpsTest {
    private static final double UNCORRECTED = 1e9;

    private final Random random = new Random(1);
    private Kernel kernel;
    private Ops ops;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
        ops = kernel.ops();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void clippedTogetherGradientsKeepTheirProportions() {
        List<NDArray> gradients = List.of(tensor(3, 0), tensor(4), tensor(0, 12));
        assertThat(ops.clipTogether(gradients, 6.5).getFloat()).isCloseTo(13, within(1e-5f));
        assertValues(gradients.get(0), 1.5, 0);
        assertValues(gradients.get(1), 2);
        assertValues(gradients.get(2), 0, 6);
    }

    @Test
    void clippedOneByOneOnlyLargeGradientsShrink() {
        List<NDArray> gradients = List.of(tensor(3, 0), tensor(4), tensor(0, 12));
        assertThat(ops.clipEach(gradients, 3.5).getFloat()).isCloseTo(13, within(1e-5f));
        assertValues(gradients.get(0), 3, 0);
        assertValues(gradients.get(1), 3.5);
        assertValues(gradients.get(2), 0, 3.5);
    }

    @Test
    void gradientsWithinTheLimitKeepTheirBits() {
        float[] values = {0.1f, -0.2f, 0.3f};
        NDArray together = kernel.memory().create(values);
        NDArray each = kernel.memory().create(values);
        ops.clipTogether(List.of(together), 1);
        ops.clipEach(List.of(each), 1);
        assertThat(together.toFloatArray()).isEqualTo(values);
        assertThat(each.toFloatArray()).isEqualTo(values);
    }

    @Test
    void gradientsOfZeroStayZero() {
        NDArray zeros = tensor(0, 0);
        assertThat(ops.clipTogether(List.of(zeros), 1).getFloat()).isZero();
        assertThat(ops.clipEach(List.of(zeros), 1).getFloat()).isZero();
        assertValues(zeros, 0, 0);
    }

    /** Sizes of one value, of two and of more than a vector register holds take different paths in the fused kernel. */
    @ParameterizedTest(name = "decay {0}, bias correction {1}")
    @CsvSource({"0, true", "0.1, true", "0, false", "0.1, false"})
    void threeUpdatesOfAdamW(double decay, boolean corrected) {
        double rate = 0.05;
        double epsilon = 1e-6;
        List<Weight> expected = new ArrayList<>();
        List<NDArray> weights = new ArrayList<>();
        List<Moments> moments = new ArrayList<>();
        for (int size : new int[] {1, 2, 33}) {
            float[] start = gaussians(size);
            expected.add(new Weight(doubles(start), new double[size], new double[size]));
            weights.add(kernel.memory().create(start));
            moments.add(new Moments(
                    kernel.memory().zeros(new Shape(size)), kernel.memory().zeros(new Shape(size))));
        }
        for (int update = 1; update <= 3; update++) {
            List<NDArray> gradients = new ArrayList<>();
            for (Weight weight : expected) {
                float[] gradient = gaussians(weight.values().length);
                gradients.add(kernel.memory().create(gradient));
                weight.move(doubles(gradient), corrected ? update : UNCORRECTED, rate, decay, epsilon);
            }
            ops.adamW(weights, gradients, moments, corrected ? update : UNCORRECTED, rate, decay, epsilon);
            for (int i = 0; i < expected.size(); i++) {
                assertValues(weights.get(i), expected.get(i).values());
                assertValues(moments.get(i).mean(), expected.get(i).mean());
                assertValues(moments.get(i).square(), expected.get(i).square());
            }
        }
    }

    @Test
    void aFirstCorrectedUpdateMovesByTheRateWhateverTheGradient() {
        NDArray weight = tensor(1, 1);
        Moments moments = new Moments(tensor(0, 0), tensor(0, 0));
        ops.adamW(List.of(weight), List.of(tensor(1000, -0.01)), List.of(moments), 1, 0.125, 0, 1e-9);
        assertValues(weight, 0.875, 1.125);
    }

    /** AdamW as the paper writes it, with decay by the rate. */
    private record Weight(double[] values, double[] mean, double[] square) {
        void move(double[] gradient, double updates, double rate, double decay, double epsilon) {
            for (int i = 0; i < values.length; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                double m = mean[i] / (1 - Math.pow(0.9, updates));
                double v = square[i] / (1 - Math.pow(0.999, updates));
                values[i] -= rate * (m / (Math.sqrt(v) + epsilon) + decay * values[i]);
            }
        }
    }

    private NDArray tensor(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return kernel.memory().create(floats);
    }

    private float[] gaussians(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }

    private static void assertValues(NDArray found, double... expected) {
        assertThat(doubles(found.toFloatArray())).containsExactly(expected, within(2e-6));
    }
}
