package dev.palette.train;

import dev.palette.kernel.Device;
import dev.palette.kernel.Product;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.util.List;

/** What numbers matrix products are computed in. Weights and optimizer state are always float32. */
public enum Precision {
    /** IEEE single precision throughout; on a GPU too. */
    FP32(Product.MATMUL, Product.CONVOLUTION),
    /** Products in TF32, float32 with the mantissa cut to 10 bits, which NVIDIA GPUs compute; sums and weights in float32. */
    TF32(Product.TF32),
    /** Products in bfloat16, sums and weights in float32. */
    BF16(Product.BFLOAT16, Product.ROUNDED),
    /**
     * {@link #BF16} where this machine multiplies clearly faster in it than in {@link #FP32}, else that; measured once, when a run
     * begins.
     */
    AUTO(Product.MATMUL, Product.CONVOLUTION, Product.BFLOAT16);

    private final List<Product> products;

    Precision(Product... products) {
        this.products = List.of(products);
    }

    /**
     * The ways of computing a product on a device that keep to it, of which the fastest is taken; the first where none can be told.
     *
     * @throws PaletteException when there is none
     */
    public List<Product> products(Device device) {
        List<Product> possible = products.stream()
                .filter(product -> product.runsOn(device.kind()))
                .toList();
        if (possible.isEmpty()) {
            throw new PaletteException(
                    "precision %s is computed by NVIDIA GPUs alone, and the device is %s; set precision fp32, or name a GPU, such as cuda:0"
                            .formatted(Word.of(this), device));
        }
        return possible;
    }
}
