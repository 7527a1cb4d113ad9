package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.palette.spec.PaletteException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {

    @Test
    void measuringChoosesOneOfTheFloat32Products() {
        KernelChoice choice = Kernel.measure(List.of(Product.MATMUL, Product.CONVOLUTION), 1, Device.CPU)
                .choice();
        assertThat(choice.product()).isIn(Product.MATMUL, Product.CONVOLUTION);
        assertThat(choice.threads()).isEqualTo(1);
        assertThat(choice.device()).isEqualTo(Device.CPU);
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
    void aGpuThatIsNotThereIsRefused() {
        int gpus = Kernel.gpus();
        assertThatThrownBy(() -> Kernel.open(new KernelChoice(Product.MATMUL, 1, Device.cuda(gpus))))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("cuda:" + gpus);
    }

    @Test
    void tensorsLieAndOperationsRunOnTheDeviceThatWasChosen() {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1, Device.CPU))) {
            assertThat(kernel.ops().device()).isEqualTo(Device.CPU);
            assertThat(kernel.memory().ones(new Shape(1)).getDevice()).isEqualTo(Device.CPU.engine());
        }
    }

    /** What an operation makes of its own would lie on the processor, and no GPU could add it to what it has. */
    @ParameterizedTest
    @ValueSource(strings = {"layers", "training", "product-matmul", "product-bfloat16", "random-native"})
    void noOperationForGpusMakesATensorThatIsNotLikeAnother(String resource) {
        assertThat(Kernel.resource(resource))
                .doesNotContainPattern("torch\\.(arange|empty|full|ones|rand|randn|tensor|zeros)\\(");
    }

    @Test
    void anOperationHasAtLeastOneThread() {
        assertThatThrownBy(() -> new KernelChoice(Product.MATMUL, 0))
                .isInstanceOf(PaletteException.class)
                .hasMessage("threads is 0, expected a whole number of at least 1");
    }

    @Test
    void aProductIsComputedOnlyWhereItCanBe() {
        assertThatThrownBy(() -> new KernelChoice(Product.CONVOLUTION, 1, Device.cuda(0)))
                .isInstanceOf(PaletteException.class)
                .hasMessage("products cannot be computed by CONVOLUTION on cuda:0");
        assertThatThrownBy(() -> new KernelChoice(Product.TF32, 1)).isInstanceOf(PaletteException.class);
    }

    @Test
    void aRunGoesOnOnAnotherGpuButNotOnAProcessor() {
        KernelChoice choice = new KernelChoice(Product.MATMUL, 1, Device.cuda(0));
        assertThat(choice.on(Device.cuda(2))).isEqualTo(new KernelChoice(Product.MATMUL, 1, Device.cuda(2)));
        assertThatThrownBy(() -> choice.on(Device.CPU))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("what began on cuda:0 cannot go on on cpu");
    }
}
