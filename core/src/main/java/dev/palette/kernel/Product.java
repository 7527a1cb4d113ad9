package dev.palette.kernel;

/**
 * The ways a linear layer's matrix product can be computed. They agree to rounding; which is fastest depends on the processor, so
 * {@link KernelChoice} tries them.
 */
public enum Product {
    /** The BLAS that libtorch was built with (MKL on x86), or cuBLAS. */
    MATMUL("product-matmul"),
    /** oneDNN, as a 1×1 convolution: up to twice as fast where the BLAS treats the processor as foreign. */
    CONVOLUTION("product-convolution"),
    /** Operands rounded to bfloat16, float32 around them. */
    BFLOAT16("product-bfloat16");

    private final String resource;

    Product(String resource) {
        this.resource = resource;
    }

    String resource() {
        return resource;
    }
}
