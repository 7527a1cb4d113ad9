package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** However sequences lie in the rows, each is attended to alone, and heads find it in the order of the batch. */
class LayoutTest {
    private static final int WIDTH = 4;

    private static Kernel kernel;

    @BeforeContainer
    static void open() {
        kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1));
    }

    @AfterContainer
    static void close() {
        kernel.close();
    }

    @Property(tries = 60)
    void aPackedLayoutHasARowForEachWordPieceAndNoOther(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 7) Integer> lengths) {
        int[] each = lengths.stream().mapToInt(Integer::intValue).toArray();
        Layout layout = Layout.packed(each, kernel.memory());

        assertThat(layout.runs().stream()
                        .mapToInt(run -> run.sequences() * run.width())
                        .sum())
                .isEqualTo(Arrays.stream(each).sum());
        assertThat(layout.masks()).isEmpty();
        assertThat(layout.sequences()).isEqualTo(each.length);
        long[] cells = layout.cells().toLongArray();
        assertThat(Arrays.stream(layout.cellOf().toLongArray()).map(cell -> cells[(int) cell]))
                .containsExactly(
                        LongStream.range(0, Arrays.stream(each).sum()).boxed().toArray(Long[]::new));
        assertThat(Arrays.stream(cells).filter(row -> row < Arrays.stream(each).sum()))
                .doesNotHaveDuplicates()
                .hasSize(Arrays.stream(each).sum());
        for (int s = 0; s < each.length; s++) {
            for (int i = 0; i < layout.width(); i++) {
                long row = cells[s * layout.width() + i];
                if (i < each[s]) {
                    assertThat(row).isEqualTo(layout.first().toLongArray()[s] + i);
                } else {
                    assertThat(row).isEqualTo(Arrays.stream(each).sum());
                }
            }
        }
    }

    @Property(tries = 30)
    void attentionIsTheSamePackedAndPadded(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 5) Integer> lengths, @ForAll int seed) {
        int[] each = lengths.stream().mapToInt(Integer::intValue).toArray();
        Layout packed = Layout.packed(each, kernel.memory());
        Layout padded = Layout.padded(each, packed.width(), kernel.memory());
        Random random = new Random(seed);
        SelfAttention attention = new SelfAttention(square(random), square(random), square(random), 2);
        NDArray cells = normal(random, each.length * packed.width(), WIDTH);
        NDArray ofPadded = kernel.ops().padded(kernel.ops().selfAttention(cells, padded, attention, 0), padded, 0);
        NDArray rows = kernel.ops().pick(cells, packed.cellOf());
        NDArray ofPacked = kernel.ops().padded(kernel.ops().selfAttention(rows, packed, attention, 0), packed, 0);

        for (int s = 0; s < each.length; s++) {
            String words = s + ", :" + each[s];
            assertThat(ofPacked.get(words).toFloatArray())
                    .containsExactly(ofPadded.get(words).toFloatArray(), within(1e-5f));
        }
        assertThat(kernel.ops().first(rows, packed).toFloatArray())
                .isEqualTo(kernel.ops().first(cells, padded).toFloatArray());
    }

    @Property(tries = 20)
    void paddingThatHasNoRowGetsTheValueAskedFor(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 1, max = 5) Integer> lengths) {
        int[] each = lengths.stream().mapToInt(Integer::intValue).toArray();
        Layout packed = Layout.packed(each, kernel.memory());
        NDArray ones = kernel.memory().ones(new Shape(Arrays.stream(each).sum(), 1));
        NDArray padded = kernel.ops().padded(ones, packed, -3);

        assertThat(padded.getShape()).isEqualTo(new Shape(each.length, packed.width(), 1));
        for (int s = 0; s < each.length; s++) {
            float[] row = padded.get(s).toFloatArray();
            for (int i = 0; i < row.length; i++) {
                assertThat(row[i]).isEqualTo(i < each[s] ? 1 : -3);
            }
        }
    }

    private static Linear square(Random random) {
        return new Linear(normal(random, WIDTH, WIDTH), normal(random, 1, WIDTH).reshape(WIDTH));
    }

    private static NDArray normal(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return kernel.memory().create(values, new Shape(rows, columns)).toType(DataType.FLOAT32, false);
    }
}
