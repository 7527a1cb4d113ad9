package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.palette.spec.PaletteException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {

    @Test
    void measuringChoosesOneOfTheFloat32Products() {
        KernelChoice choice = Kernel.measure(List.of(Product.MATMUL, Product.CONVOLUTION), 1);
        assertThat(choice.product()).isIn(Product.MATMUL, Product.CONVOLUTION);
        assertThat(choice.threads()).isEqualTo(1);
    }

    @Test
    void anOpenKernelSaysWhatWasChosen() {
        KernelChoice choice = new KernelChoice(Product.BFLOAT16, 2);
        try (Kernel kernel = Kernel.open(choice)) {
            assertThat(kernel.choice()).isEqualTo(choice);
        }
    }

    @Test
    void closingFreesWhatWasMadeUnderIt() {
        NDArray tensor;
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1))) {
            tensor = kernel.memory().ones(new Shape(2));
            assertThat(tensor.toFloatArray()).containsExactly(1, 1);
        }
        assertThatThrownBy(tensor::toFloatArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOperationHasAtLeastOneThread() {
        assertThatThrownBy(() -> new KernelChoice(Product.MATMUL, 0))
                .isInstanceOf(PaletteException.class)
                .hasMessage("threads is 0, expected a whole number of at least 1");
    }
}
