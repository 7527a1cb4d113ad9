package dev.palette.kernel;

import ai.djl.ndarray.NDArray;

/** The operations that adapters need beside those of the encoder; see {@link Ops#adapters}. */
public final class AdapterOps {
    private final Ops ops;

    AdapterOps(Ops ops) {
        this.ops = ops;
    }

    /**
     * y + scale · x downᵀ upᵀ: a low-rank update of the linear map that made y.
     *
     * @param y (N, O)
     * @param x (N, I)
     * @param down (r, I)
     * @param up (O, r)
     */
    public NDArray lowRank(NDArray y, NDArray x, NDArray down, NDArray up, double scale) {
        return ops.call("low_rank", y, x, down, up, scale);
    }

    /**
     * (y − b) ⊙ m / ‖W + scale · up down‖ + b, where ‖·‖ is the norm of each row, through which no gradient goes: the length of each
     * row of a changed weight made m (Liu et al. 2024, equation 5 and §4.3).
     *
     * @param y what the changed weight and the bias b made, (N, O)
     * @param map the weight W before the change, (O, I), and b, (O), if there is one
     * @param down (r, I)
     * @param up (O, r)
     * @param magnitude m, (O)
     */
    public NDArray redirected(NDArray y, Linear map, NDArray down, NDArray up, double scale, NDArray magnitude) {
        NDArray bias = map.bias();
        return bias == null
                ? ops.call("redirected", y, map.weight(), down, up, scale, magnitude)
                : ops.call("redirected_but_bias", y, map.weight(), bias, down, up, scale, magnitude);
    }

    /** y + scale · x. */
    public NDArray addScaled(NDArray y, NDArray x, double scale) {
        return ops.call("add_scaled", y, x, scale);
    }

    /** Each column of x (N, C) by its own number of scale (C). */
    public NDArray columns(NDArray x, NDArray scale) {
        return ops.call("columns", x, scale);
    }

    /** x Wᵀ: (N, I), (O, I) → (N, O). */
    public NDArray product(NDArray x, NDArray weight) {
        return ops.call("product", x, weight);
    }

    /** The matrix product of a, (A, B), and b, (B, C): → (A, C). */
    public NDArray matrixProduct(NDArray a, NDArray b) {
        return ops.call("matrix_product", a, b);
    }

    /** All values in one row: → (C). */
    public NDArray flat(NDArray x) {
        return ops.call("flat", x);
    }

    /** Σ_i w_i M_i: weights (n) and matrices (n, R, C) → (R, C). */
    public NDArray mixed(NDArray weights, NDArray matrices) {
        return ops.call("mixed", weights, matrices);
    }

    /** e^(x_i / τ) / Σ_j e^(x_j / τ): (n) → (n). */
    public NDArray softmax(NDArray x, double temperature) {
        return ops.call("softmax_at", x, temperature);
    }

    /** σ(z) / Σ σ(z): (n) → (n), numbers that add up to 1. */
    public NDArray shares(NDArray logits) {
        return ops.call("shares", logits);
    }

    /**
     * The same where each σ(z) gives way to a draw: σ((z + log u − log(1 − u)) / τ), u uniform between 0 and 1, nearly 1 with
     * probability σ(z) and nearly 0 otherwise (Maddison et al. 2017).
     */
    public NDArray drawnShares(NDArray logits, double temperature) {
        return ops.call("drawn_shares", logits, temperature);
    }

    /** Each value through an activation. */
    public NDArray activate(NDArray x, Activation activation) {
        return ops.call(activation.operation(), x);
    }

    /**
     * How well each of several things fits what is asked for: → (n, N).
     *
     * @param asked (N, H)
     * @param each (n · N, H), n for each row of {@code asked}: those of the first thing, then those of the second
     */
    public NDArray fits(NDArray asked, NDArray each) {
        return ops.call("fits", asked, each);
    }

    /**
     * The mean of several things by the softmax of their scores: → (N, H).
     *
     * @param scores (n, N)
     * @param each (n · N, H)
     */
    public NDArray chosen(NDArray scores, NDArray each) {
        return ops.call("chosen", scores, each);
    }

    /** x W: (N, O), (O, I) → (N, I), the way back through a linear map. */
    public NDArray transposed(NDArray x, NDArray weight) {
        return ops.call("transposed", x, weight);
    }

    /** The rows of a, (A, C), and below them those of b, (B, C): → (A + B, C); of vectors, the values of a and then those of b. */
    public NDArray below(NDArray a, NDArray b) {
        return ops.call("below", a, b);
    }

    /**
     * Multi-head attention of each sequence, where keys and values of all sequences begin with the same: (N, H) each → (N, H).
     *
     * @param firstKeys (P, H)
     * @param firstValues (P, H)
     * @param window how far to each side a row attends, beside what is first; {@link Layout#EVERYWHERE} for the whole sequence
     * @param dropout rate on attention probabilities
     */
    public NDArray attend(
            NDArray query,
            NDArray key,
            NDArray value,
            NDArray firstKeys,
            NDArray firstValues,
            Layout layout,
            int heads,
            int window,
            double dropout) {
        return ops.call(
                "attend_prefixed",
                query,
                key,
                value,
                firstKeys,
                firstValues,
                layout.runSequences(),
                layout.runWidths(),
                layout.masks(),
                heads,
                window,
                dropout);
    }

    /**
     * Σ_i A_i ⊗ (s_i t_i), transposed: the weight (O, I) of a parametrised hypercomplex multiplication (Zhang et al. 2021, §3.1).
     *
     * @param rule A, (n, n, n)
     * @param left s, (n, I/n, k)
     * @param right t, (n, k, O/n)
     */
    public NDArray hypercomplex(NDArray rule, NDArray left, NDArray right) {
        return ops.call("hypercomplex", rule, left, right);
    }
}
