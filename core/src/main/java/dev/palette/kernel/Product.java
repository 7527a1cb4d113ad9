package dev.palette.kernel;

import dev.palette.kernel.Device.Kind;
import dev.palette.spec.PaletteException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The ways a linear layer's matrix product can be computed. Those of one precision agree to rounding; which is fastest depends on
 * the machine, so {@link Kernel#measure} tries them.
 */
public enum Product {
    /** In float32, by the BLAS that libtorch was built with (MKL on x86), or cuBLAS. */
    MATMUL("product-matmul", false, Kind.CPU, Kind.CUDA),
    /**
     * In float32, by oneDNN as a 1×1 convolution: up to twice as fast where the BLAS treats the processor as foreign. Not on a GPU,
     * where the gradient of a convolution takes TF32 whatever the call says.
     */
    CONVOLUTION("product-convolution", false, Kind.CPU),
    /** Operands rounded to bfloat16, float32 around them. */
    BFLOAT16("product-bfloat16", false, Kind.CPU, Kind.CUDA),
    /**
     * As {@link #BFLOAT16} to the order of its sums: operands and results rounded to bfloat16, but multiplied in float32, where the product
     * of two such numbers is exact. For processors without instructions for bfloat16, on which it is many times as fast.
     */
    ROUNDED("product-rounded", false, Kind.CPU),
    /** Operands rounded to TF32, 10 bits of mantissa, inside cuBLAS: on tensor cores of Ampere and later. */
    TF32("product-matmul", true, Kind.CUDA);

    /** What libtorch asks when it starts, and what NVIDIA's libraries ask; the second goes over what a program says. */
    private static final Set<String> SWITCHES = Set.of("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE", "NVIDIA_TF32_OVERRIDE");

    private static final String ON = "1";

    private final String resource;
    private final boolean tf32;
    private final Set<Kind> kinds;

    Product(String resource, boolean tf32, Kind... kinds) {
        this.resource = resource;
        this.tf32 = tf32;
        this.kinds = Set.of(kinds);
    }

    String resource() {
        return resource;
    }

    /** Whether there is such a way on a sort of device. */
    public boolean runsOn(Kind kind) {
        return kinds.contains(kind);
    }

    /**
     * The environment variables, by name, that a process needs in which products are computed so: NVIDIA's containers switch TF32 on
     * for every process, and there is no other way to switch it.
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        SWITCHES.forEach(name -> variables.put(name, tf32 ? ON : "0"));
        return variables;
    }

    /**
     * Makes sure that a process computes so.
     *
     * @param environment the process's
     * @throws PaletteException when it would compute otherwise: which variable, and what to do
     */
    void requireEnvironment(Map<String, String> environment) {
        environment().forEach((name, wanted) -> {
            String found = environment.getOrDefault(name, "unset");
            if (found.equals(ON) && !tf32) {
                throw new PaletteException(
                        "the environment variable %s is 1, with which products in float32 lose half their digits to TF32; unset it, or ask for it with precision tf32"
                                .formatted(name));
            }
            if (!found.equals(ON) && tf32) {
                throw new PaletteException(
                        "precision tf32 needs the environment variable %s=%s when the process starts, and it is %s; set it"
                                .formatted(name, wanted, found));
            }
        });
    }
}
