package dev.palette.inline;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;

/**
 * A tensor in a formula of inline code: {@code up(x) * gate + h}. Public, because Groovy calls its operators.
 *
 * @param array the tensor
 * @param ops computes with it
 */
public record Value(NDArray array, Ops ops) {
    private Value of(NDArray made) {
        return new Value(made, ops);
    }

    /** {@code a + b}. */
    public Value plus(Value other) {
        return of(ops.add(array, other.array));
    }

    /** {@code a - b}. */
    public Value minus(Value other) {
        return of(ops.add(array, ops.scale(other.array, -1)));
    }

    /** {@code a * b}, value by value; a vector is taken with each row. */
    public Value multiply(Value other) {
        return of(ops.multiply(array, other.array));
    }

    /** {@code a * 0.5}. */
    public Value multiply(Number factor) {
        return of(ops.scale(array, factor.doubleValue()));
    }

    /** {@code a / 2}. */
    public Value div(Number divisor) {
        return of(ops.scale(array, 1 / divisor.doubleValue()));
    }

    /** {@code -a}. */
    public Value negative() {
        return of(ops.scale(array, -1));
    }
}
