package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.kernel.Device;
import dev.palette.kernel.Product;
import dev.palette.spec.PaletteException;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    private static final Device GPU = Device.cuda(0);

    @Test
    void fp32IsFloat32EverywhereAndOnAGpuNoConvolution() {
        assertThat(Precision.FP32.products(Device.CPU)).containsExactly(Product.MATMUL, Product.CONVOLUTION);
        assertThat(Precision.FP32.products(GPU)).containsExactly(Product.MATMUL);
    }

    @Test
    void autoPrefersFloat32AndNeverTakesTf32() {
        assertThat(Precision.AUTO.products(Device.CPU))
                .containsExactly(Product.MATMUL, Product.CONVOLUTION, Product.BFLOAT16);
        assertThat(Precision.AUTO.products(GPU)).containsExactly(Product.MATMUL, Product.BFLOAT16);
    }

    @Test
    void bf16IsRoundedByHandOnAProcessorThatCannot() {
        assertThat(Precision.BF16.products(Device.CPU)).containsExactly(Product.BFLOAT16, Product.ROUNDED);
        assertThat(Precision.BF16.products(GPU)).containsExactly(Product.BFLOAT16);
    }

    @Test
    void tf32IsForGpusAlone() {
        assertThat(Precision.TF32.products(GPU)).containsExactly(Product.TF32);
        assertThatThrownBy(() -> Precision.TF32.products(Device.CPU))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "precision tf32 is computed by NVIDIA GPUs alone, and the device is cpu; set precision fp32, or name a GPU, such as cuda:0");
    }
}
