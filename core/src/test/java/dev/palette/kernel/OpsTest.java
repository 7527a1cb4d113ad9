package dev.palette.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation's values and gradients are those of {@link Reference}, however products are computed. */
class OpsTest {
    private static final int[] IDS = {3, 1, 4, 1, 0, 0};
    private static final int[] TYPES = {0, 0, 1, 0, 1, 1};
    private static final int[] CLASSES = {2, 0, 2, 1};
    /** Starts and ends in sequences of five positions; two of them lie outside, one before. */
    private static final int[][] SPANS = {{1, 3}, {5, 4}, {2, 9}, {-1, 0}};

    private static final double[] SCORES = {0.5, -2, 3.25, 1};
    /** Two sequences of three positions, of which the second has one of padding. */
    private static final double[][] MASK = {{0, 0, 0}, {0, 0, -10_000}};

    private static final double EPSILON = 1e-12;

    private static final Map<Path, Kernel> KERNELS = new EnumMap<>(Path.class);

    /** A way through the kernels; those for GPUs can be gone on a processor too. */
    private enum Path {
        MATMUL(Product.MATMUL, "random-sliced", 1e-5),
        CONVOLUTION(Product.CONVOLUTION, "random-sliced", 1e-5),
        BFLOAT16(Product.BFLOAT16, "random-sliced", 2e-2),
        ROUNDED(Product.ROUNDED, "random-sliced", 2e-2),
        MATMUL_FOR_GPUS(Product.MATMUL, "random-native", 1e-5),
        /** Attention is in bfloat16 as well. */
        BFLOAT16_FOR_GPUS(Product.BFLOAT16, "random-native", 4e-2);

        private final Product product;
        private final String random;
        private final double tolerance;

        Path(Product product, String random, double tolerance) {
            this.product = product;
            this.random = random;
            this.tolerance = tolerance;
        }

        Kernel open() {
            return Kernel.open(new KernelChoice(product, 1), random);
        }
    }

    @BeforeAll
    static void open() {
        for (Path path : Path.values()) {
            KERNELS.put(path, path.open());
        }
    }

    @AfterAll
    static void close() {
        KERNELS.values().forEach(Kernel::close);
        KERNELS.clear();
    }

    private static Kernel kernel(Path path) {
        return Objects.requireNonNull(KERNELS.get(path));
    }

    private static Agreement given(Path path) {
        return new Agreement(kernel(path), path.tolerance);
    }

    @ParameterizedTest
    @EnumSource
    void linear(Path path) {
        try (Agreement given = given(path)) {
            given.input(2, 3, 5)
                    .linear(5, 7)
                    .check(
                            (ops, t) -> ops.linear(t.get(0), linear(t, 1)),
                            m -> Reference.linear(m.get(0), m.get(1), m.get(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void linearOfSingleVectors(Path path) {
        try (Agreement given = given(path)) {
            given.input(4, 6)
                    .linear(6, 1)
                    .check(
                            (ops, t) -> ops.linear(t.get(0), linear(t, 1)),
                            m -> Reference.linear(m.get(0), m.get(1), m.get(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void embed(Path path) {
        try (Agreement given = given(path)) {
            NDArray ids = integers(path, IDS, 6);
            NDArray types = integers(path, TYPES, 6);
            NDArray places = integers(path, new int[] {0, 1, 2, 0, 1, 2}, 6);
            given.input(5, 4)
                    .input(6, 4)
                    .input(2, 4)
                    .check(
                            (ops, t) -> ops.embed(ids, types, places, new Embedding(t.get(0), t.get(1), t.get(2))),
                            m -> Reference.embed(IDS, TYPES, 3, m.get(0), m.get(1), m.get(2)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void norm(Path path) {
        try (Agreement given = given(path)) {
            given.input(2, 3, 6)
                    .input(6)
                    .input(6)
                    .check(
                            (ops, t) -> ops.norm(t.get(0), new LayerNorm(t.get(1), t.get(2), 1e-3)),
                            m -> Reference.norm(m.get(0), m.get(1), m.get(2), 1e-3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addNorm(Path path) {
        try (Agreement given = given(path)) {
            given.input(2, 3, 6)
                    .input(2, 3, 6)
                    .input(6)
                    .input(6)
                    .check(
                            (ops, t) -> ops.addNorm(t.get(0), t.get(1), new LayerNorm(t.get(2), t.get(3), EPSILON)),
                            m -> Reference.norm(Reference.add(m.get(0), m.get(1)), m.get(2), m.get(3), EPSILON));
        }
    }

    @ParameterizedTest
    @EnumSource
    void add(Path path) {
        try (Agreement given = given(path)) {
            given.input(2, 3)
                    .input(2, 3)
                    .check((ops, t) -> ops.add(t.get(0), t.get(1)), m -> Reference.add(m.get(0), m.get(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gelu(Path path) {
        try (Agreement given = given(path)) {
            given.input(5, 20).check((ops, t) -> ops.gelu(t.get(0)), m -> Reference.gelu(m.get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tanh(Path path) {
        try (Agreement given = given(path)) {
            given.input(5, 20).check((ops, t) -> ops.tanh(t.get(0)), m -> Reference.tanh(m.get(0)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void first(Path path) {
        try (Agreement given = given(path)) {
            given.input(6, 4).check((ops, t) -> ops.first(t.get(0), layout(path)), m -> Reference.first(m.get(0), 3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void selfAttention(Path path) {
        try (Agreement given = given(path)) {
            Layout layout = layout(path);
            given.input(6, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .check((ops, t) -> ops.selfAttention(t.get(0), layout, heads(t), 0), OpsTest::referenceAttention);
        }
    }

    @ParameterizedTest
    @EnumSource
    void selfAttentionOfSequencesOfSeveralLengths(Path path) {
        try (Agreement given = given(path)) {
            Layout layout = Layout.packed(new int[] {3, 1, 2}, kernel(path).memory());
            given.input(6, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .check(
                            (ops, t) -> ops.selfAttention(t.get(0), layout, heads(t), 0),
                            m -> Stream.of(new int[] {0, 1}, new int[] {1, 3}, new int[] {3, 6}) // by length
                                    .map(rows -> referenceAttention(m, rows[0], rows[1]))
                                    .flatMap(Arrays::stream)
                                    .toArray(double[][]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void attention(Path path) {
        try (Agreement given = given(path)) {
            Layout layout = layout(path);
            given.input(6, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .linear(4, 4)
                    .check(
                            (ops, t) -> ops.attention(t.get(0), layout, heads(t), linear(t, 7), 0, 0),
                            m -> Reference.linear(referenceAttention(m), m.get(7), m.get(8)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void feedForward(Path path) {
        try (Agreement given = given(path)) {
            given.input(2, 3, 4)
                    .linear(4, 8)
                    .linear(8, 4)
                    .check(
                            (ops, t) -> ops.feedForward(t.get(0), linear(t, 1), linear(t, 3), 0),
                            m -> Reference.linear(
                                    Reference.gelu(Reference.linear(m.get(0), m.get(1), m.get(2))),
                                    m.get(3),
                                    m.get(4)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void crossEntropy(Path path) {
        try (Agreement given = given(path)) {
            NDArray labels = integers(path, CLASSES, 4);
            given.input(4, 3)
                    .check(
                            (ops, t) -> ops.crossEntropy(t.get(0), labels),
                            m -> Reference.crossEntropy(m.get(0), CLASSES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void spanLoss(Path path) {
        try (Agreement given = given(path)) {
            int[] flat = Arrays.stream(SPANS).flatMapToInt(Arrays::stream).toArray();
            NDArray positions = integers(path, flat, 4, 2);
            given.input(4, 5, 2)
                    .check(
                            (ops, t) -> ops.spanLoss(t.get(0), positions, 3, 3),
                            m -> Reference.spanLoss(m.get(0), 5, SPANS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenLossIsTheCrossEntropyOfTheLabelledTokensAlone(Path path) {
        try (Agreement given = given(path)) {
            NDArray labels = integers(path, new int[] {-100, 2, 0, -100, 1, -100}, 2, 3);
            given.input(2, 3, 3)
                    .check((ops, t) -> ops.tokenLoss(t.get(0), labels, 6), m -> new double[][] {
                        {
                            Reference.crossEntropy(
                                            Reference.matrix(3, 3, (r, c) -> m.get(0)[new int[] {1, 2, 4}[r]][c]),
                                            new int[] {2, 0, 1})[0][0]
                                    / 2
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAnotherWidthHoldTheSameValues(Path path) {
        try (Agreement given = given(path)) {
            NDArray labels = integers(path, new int[] {1, 0}, 2);
            given.input(6, 1)
                    .check(
                            (ops, t) -> ops.crossEntropy(ops.rows(t.get(0), 3), labels),
                            m -> Reference.crossEntropy(
                                    Reference.matrix(2, 3, (r, c) -> m.get(0)[3 * r + c][0]), new int[] {1, 0}));
        }
    }

    @ParameterizedTest
    @EnumSource
    void meanSquaredError(Path path) {
        try (Agreement given = given(path)) {
            NDArray labels = kernel(path).memory().create(new float[] {0.5f, -2, 3.25f, 1});
            given.input(4, 1)
                    .check(
                            (ops, t) -> ops.meanSquaredError(t.get(0), labels),
                            m -> Reference.meanSquaredError(m.get(0), SCORES));
        }
    }

    private static Linear linear(List<NDArray> tensors, int at) {
        return new Linear(tensors.get(at), tensors.get(at + 1));
    }

    private static SelfAttention heads(List<NDArray> tensors) {
        return new SelfAttention(linear(tensors, 1), linear(tensors, 3), linear(tensors, 5), 2);
    }

    private static double[][] referenceAttention(List<double[][]> m) {
        return Reference.attend(
                Reference.linear(m.get(0), m.get(1), m.get(2)),
                Reference.linear(m.get(0), m.get(3), m.get(4)),
                Reference.linear(m.get(0), m.get(5), m.get(6)),
                MASK,
                2);
    }

    /** Of the rows that are one sequence. */
    private static double[][] referenceAttention(List<double[][]> m, int from, int to) {
        double[][] rows = Arrays.copyOfRange(m.get(0), from, to);
        return Reference.attend(
                Reference.linear(rows, m.get(1), m.get(2)),
                Reference.linear(rows, m.get(3), m.get(4)),
                Reference.linear(rows, m.get(5), m.get(6)),
                new double[1][to - from],
                2);
    }

    private static Layout layout(Path path) {
        return Layout.padded(new int[] {3, 2}, 3, kernel(path).memory());
    }

    private static NDArray integers(Path path, int[] values, long... shape) {
        long[] wide = Arrays.stream(values).asLongStream().toArray();
        return kernel(path).memory().create(wide, new Shape(shape));
    }
}
