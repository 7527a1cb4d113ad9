package dev.palette.train;

import dev.palette.kernel.Product;
import java.util.List;

/** What numbers matrix products are computed in. Weights and optimizer state are always float32. */
public enum Precision {
    /** IEEE single precision throughout. */
    FP32(Product.MATMUL, Product.CONVOLUTION),
    /** Products in bfloat16, sums and weights in float32. */
    BF16(Product.BFLOAT16),
    /** {@link #BF16} where this machine multiplies faster in it than in {@link #FP32}, else that; measured once, when a run begins. */
    AUTO(Product.values());

    private final List<Product> products;

    Precision(Product... products) {
        this.products = List.of(products);
    }

    /** The ways of computing a product that keep to it, of which a machine takes the fastest. */
    public List<Product> products() {
        return products;
    }
}
