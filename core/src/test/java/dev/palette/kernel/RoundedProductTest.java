package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rounding by hand and multiplying in float32 gives what bfloat16 units give, but where another order of sums tips a rounding. */
class RoundedProductTest {
    private static final int ROWS = 64;
    private static final int INPUTS = 96;
    private static final int OUTPUTS = 80;
    /** The distance of neighbouring bfloat16 numbers as a share of the larger one, at most. */
    private static final double NEIGHBOURS = 1 / 128.0;

    @Test
    void valuesAndGradientsAreThoseOfBfloat16UpToTheLastOfItsBits() {
        List<float[]> expected = valueAndGradients(Product.BFLOAT16);
        List<float[]> found = valueAndGradients(Product.ROUNDED);
        List<float[]> unrounded = valueAndGradients(Product.MATMUL);

        for (int i = 0; i < expected.size(); i++) {
            int different = 0;
            int differentUnrounded = 0;
            for (int j = 0; j < expected.get(i).length; j++) {
                float wanted = expected.get(i)[j];
                float got = found.get(i)[j];
                assertThat(Math.abs(got - wanted)).isLessThanOrEqualTo((float) (NEIGHBOURS * Math.abs(wanted)) + 1e-3f);
                different += got == wanted ? 0 : 1;
                differentUnrounded += unrounded.get(i)[j] == wanted ? 0 : 1;
            }
            assertThat(different).as("values that differ").isLessThan(expected.get(i).length / 20);
            assertThat(differentUnrounded).as("float32").isGreaterThan(expected.get(i).length / 2);
        }
    }

    /** y = x Wᵀ + b, and the gradients of x, W and b for a random gradient of y. */
    private static List<float[]> valueAndGradients(Product product) {
        Random random = new Random(3);
        try (Kernel kernel = Kernel.open(new KernelChoice(product, 1));
                NDManager scope = kernel.memory().newSubManager()) {
            Ops ops = kernel.ops().in(scope);
            List<NDArray> inputs = List.of(
                    input(random, scope, ROWS, INPUTS),
                    input(random, scope, OUTPUTS, INPUTS),
                    input(random, scope, OUTPUTS));
            NDArray y = ops.linear(inputs.get(0), new Linear(inputs.get(1), inputs.get(2)));
            NDArray ahead = scope.create(gaussian(random, ROWS * OUTPUTS), new Shape(ROWS, OUTPUTS));
            List<float[]> all = new ArrayList<>();
            all.add(y.toFloatArray());
            ops.gradient(y.mul(ahead).sum(), inputs).forEach(gradient -> all.add(gradient.toFloatArray()));
            return all;
        }
    }

    private static NDArray input(Random random, NDManager scope, long... shape) {
        NDArray tensor = scope.create(gaussian(random, (int) new Shape(shape).size()), new Shape(shape));
        tensor.setRequiresGradient(true);
        return tensor;
    }

    private static float[] gaussian(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
