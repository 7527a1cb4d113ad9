package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process's environment decides whether NVIDIA's libraries multiply float32 in TF32. */
class ProductTest {
    private static final String TORCH = "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE";
    private static final String NVIDIA = "NVIDIA_TF32_OVERRIDE";

    @ParameterizedTest
    @EnumSource
    void aProcessWithTheEnvironmentThatIsAskedForIsAccepted(Product product) {
        assertThatCode(() -> product.requireEnvironment(product.environment())).doesNotThrowAnyException();
    }

    @Test
    void tf32IsSwitchedOnForItselfAlone() {
        assertThat(Product.TF32.environment()).isEqualTo(Map.of(TORCH, "1", NVIDIA, "1"));
        assertThat(Product.MATMUL.environment()).isEqualTo(Map.of(TORCH, "0", NVIDIA, "0"));
        assertThat(Product.BFLOAT16.environment()).isEqualTo(Product.MATMUL.environment());
    }

    @Test
    void anEnvironmentThatSaysNothingComputesInFloat32() {
        assertThatCode(() -> Product.MATMUL.requireEnvironment(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void anEnvironmentThatSwitchesTf32OnIsRefusedForFloat32() {
        assertThatThrownBy(() -> Product.MATMUL.requireEnvironment(Map.of(TORCH, "1")))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "the environment variable TORCH_ALLOW_TF32_CUBLAS_OVERRIDE is 1, with which products in float32 lose half their digits to TF32; unset it, or ask for it with precision tf32");
    }

    @Test
    void anEnvironmentWithoutTf32IsRefusedForIt() {
        assertThatThrownBy(() -> Product.TF32.requireEnvironment(Map.of(NVIDIA, "1")))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "precision tf32 needs the environment variable TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1 when the process starts, and it is unset; set it");
    }
}
