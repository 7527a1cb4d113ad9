package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What autograd remembers, which tensors stay in memory, and what padding and assignment leave alone. */
class RecordingTest {
    private Kernel kernel;
    private Ops ops;
    private NDArray x;

    @BeforeEach
    void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
        ops = kernel.ops();
        x = kernel.memory().create(new float[] {1, -2, 3, 0.5f});
        x.setRequiresGradient(true);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void withoutGradientComputesTheSameAndRemembersNothing() {
        NDArray recorded = ops.gelu(x);
        NDArray silent = ops.withoutGradient().gelu(x);
        assertThat(silent.toFloatArray()).isEqualTo(recorded.toFloatArray());
        assertThatThrownBy(() -> ops.gradient(silent.sum(), List.of(x))).isInstanceOf(EngineException.class);
    }

    @Test
    void aGradientIsAskedForOnce() {
        NDArray loss = ops.tanh(x).sum();
        assertThat(ops.gradient(loss, List.of(x))).hasSize(1);
        assertThatThrownBy(() -> ops.gradient(loss, List.of(x))).isInstanceOf(EngineException.class);
    }

    @Test
    void scopedKeepsItsResultAlone() {
        try (NDManager step = kernel.memory().newSubManager()) {
            List<NDArray> inner = new ArrayList<>();
            NDArray result = ops.in(step).scoped(within -> {
                inner.add(within.gelu(x));
                return within.tanh(inner.get(0));
            });
            assertThat(result.getManager()).isSameAs(step);
            assertThat(result.toFloatArray()).isEqualTo(ops.tanh(ops.gelu(x)).toFloatArray());
            assertThatThrownBy(() -> inner.get(0).toFloatArray()).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aGradientReachesThroughWhatScopedFreed() {
        NDArray direct = ops.tanh(ops.gelu(x)).sum();
        NDArray scoped = ops.scoped(inner -> inner.tanh(inner.gelu(x))).sum();
        assertThat(ops.gradient(scoped, List.of(x)).get(0).toFloatArray())
                .isEqualTo(ops.gradient(direct, List.of(x)).get(0).toFloatArray());
    }

    @Test
    void assignedValuesAreACopy() {
        NDArray values = kernel.memory().create(new float[] {9, 8, 7, 6});
        ops.assign(x, values);
        values.addi(1);
        assertThat(x.toFloatArray()).containsExactly(9, 8, 7, 6);
    }

    @Test
    void paddingHasNoInfluenceOnTokens() {
        Layout masked = Layout.padded(new int[] {2}, 3, kernel.memory());
        Layout open = Layout.padded(new int[] {3}, 3, kernel.memory());
        float[] sequence = {1, 2, 3, 4, -1, 0.5f, 2, 1, 0, 0, 0, 0};
        float[] otherPadding = sequence.clone();
        for (int i = 8; i < 12; i++) {
            otherPadding[i] = 50 + i;
        }
        assertThat(tokens(sequence, masked)).isEqualTo(tokens(otherPadding, masked));
        assertThat(tokens(sequence, open)).isNotEqualTo(tokens(otherPadding, open));
    }

    /** The attention's output at the first two of three positions. */
    private float[] tokens(float[] sequence, Layout layout) {
        NDArray identity = kernel.memory().eye(4);
        Linear same = new Linear(identity, kernel.memory().zeros(new Shape(4)));
        NDArray h = kernel.memory().create(sequence, new Shape(3, 4));
        return ops.selfAttention(h, layout, new SelfAttention(same, same, same, 2), 0)
                .get(":2")
                .toFloatArray();
    }
}
