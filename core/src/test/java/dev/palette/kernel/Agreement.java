package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Holds an operation against its double counterpart: its value, and the gradient of a random projection of the value with respect
 * to each input, which the counterpart gives by central differences.
 */
final class Agreement implements AutoCloseable {
    private static final double STEP = 1e-5;

    private final Random random = new Random(1);
    private final List<double[][]> values = new ArrayList<>();
    private final List<NDArray> tensors = new ArrayList<>();
    private final double tolerance;
    private final NDManager scope;
    private final Ops ops;

    /** @param tolerance largest difference, as a share of the largest value or of 1 */
    Agreement(Kernel kernel, double tolerance) {
        this.tolerance = tolerance;
        scope = kernel.memory().newSubManager();
        ops = kernel.ops().in(scope);
    }

    /** Adds an input of random values; the last axis becomes the columns of its matrix. */
    Agreement input(long... shape) {
        return input(1, shape);
    }

    private Agreement input(double deviation, long... shape) {
        int columns = (int) shape[shape.length - 1];
        int rows = (int) (new Shape(shape).size() / columns);
        double[][] matrix = Reference.matrix(rows, columns, (r, c) -> (float) (deviation * random.nextGaussian()));
        NDArray tensor = scope.create(floats(matrix), new Shape(shape));
        tensor.setRequiresGradient(true);
        values.add(matrix);
        tensors.add(tensor);
        return this;
    }

    /** Adds the kernel (outputs, inputs) and the bias of a linear layer that keeps the values' scale. */
    Agreement linear(int inputs, int outputs) {
        return input(1 / Math.sqrt(inputs), outputs, inputs).input(outputs);
    }

    /** Compares; shapes are compared by their number of values alone. */
    void check(BiFunction<Ops, List<NDArray>, NDArray> operation, Function<List<double[][]>, double[][]> reference) {
        double[] expected = flat(reference.apply(values));
        NDArray found = operation.apply(ops, tensors);
        assertClose("value", found, expected);

        float[] weights = floats(Reference.matrix(1, expected.length, (r, c) -> random.nextGaussian()));
        NDArray projected = found.mul(scope.create(weights, found.getShape())).sum();
        List<NDArray> gradients = ops.gradient(projected, tensors);
        for (int i = 0; i < tensors.size(); i++) {
            assertThat(gradients.get(i).getShape()).isEqualTo(tensors.get(i).getShape());
            assertClose("gradient of input " + i, gradients.get(i), differences(values.get(i), reference, weights));
        }
    }

    /** The input is changed in place, one value at a time, and put back. */
    private double[] differences(double[][] input, Function<List<double[][]>, double[][]> reference, float[] weights) {
        double[][] gradient = Reference.matrix(input.length, input[0].length, (r, c) -> {
            double value = input[r][c];
            input[r][c] = value + STEP;
            double above = projection(reference, weights);
            input[r][c] = value - STEP;
            double below = projection(reference, weights);
            input[r][c] = value;
            return (above - below) / (2 * STEP);
        });
        return flat(gradient);
    }

    private double projection(Function<List<double[][]>, double[][]> reference, float[] weights) {
        double[] value = flat(reference.apply(values));
        double sum = 0;
        for (int i = 0; i < value.length; i++) {
            sum += weights[i] * value[i];
        }
        return sum;
    }

    private void assertClose(String what, NDArray found, double[] expected) {
        float[] actual = found.toFloatArray();
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).as("%s [%d]", what, i).isCloseTo(expected[i], within(tolerance * scale));
        }
    }

    private static double[] flat(double[][] matrix) {
        return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
    }

    private static float[] floats(double[][] matrix) {
        double[] flat = flat(matrix);
        float[] values = new float[flat.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) flat[i];
        }
        return values;
    }

    @Override
    public void close() {
        scope.close();
    }
}
