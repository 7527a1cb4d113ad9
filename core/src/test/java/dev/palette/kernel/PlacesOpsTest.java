package dev.palette.kernel;

import dev.palette.kernel.Layout.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention that is told where rows stand agrees with {@link Reference}, as processors and as GPUs compute it. */
class PlacesOpsTest {
    private static final int HEADS = 2;
    private static final int[] LENGTHS = {5, 2, 4, 2};
    private static final double TOLERANCE = 1e-5;

    private interface Test {
        void with(Agreement given, Layout layout);
    }

    private static void packed(String random, Test test) {
        try (Kernel kernel = Kernel.open(new KernelChoice(Product.MATMUL, 1), random);
                Agreement given = new Agreement(kernel, TOLERANCE)) {
            test.with(given, Layout.packed(LENGTHS, kernel.memory()));
        }
    }

    /** The sequence of each row and its place in it. */
    private static List<int[]> rows(Layout layout) {
        List<int[]> rows = new ArrayList<>();
        int sequence = 0;
        for (Run run : layout.runs()) {
            for (int i = 0; i < run.sequences(); i++, sequence++) {
                for (int place = 0; place < run.width(); place++) {
                    rows.add(new int[] {sequence, place});
                }
            }
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-sliced", "random-native"})
    void pairsOfNumbersAreTurnedByTheirRowsPlace(String random) {
        packed(random, (given, layout) -> {
            List<int[]> rows = rows(layout);
            given.input(13, 8).check((ops, t) -> ops.rotated(t.get(0), layout, HEADS, 100), m -> {
                double[][] x = m.get(0);
                return Reference.matrix(13, 8, (r, c) -> {
                    int pair = c % 4 % 2; // a head has 4 numbers: 0 goes with 2, 1 with 3
                    int first = c / 4 * 4 + pair;
                    double angle = rows.get(r)[1] * Math.pow(100, -2.0 * pair / 4);
                    return c == first
                            ? x[r][first] * Math.cos(angle) - x[r][first + 2] * Math.sin(angle)
                            : x[r][first + 2] * Math.cos(angle) + x[r][first] * Math.sin(angle);
                });
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-sliced", "random-native"})
    void withinAWindowNeighboursAloneAreAttendedTo(String random) {
        packed(random, (given, layout) -> {
            List<int[]> rows = rows(layout);
            given.input(13, 4)
                    .input(13, 4)
                    .input(13, 4)
                    .check(
                            (ops, t) -> ops.attend(t.get(0), t.get(1), t.get(2), layout, HEADS, 1, 0),
                            m -> attended(m, (row, other) -> isNear(rows.get(row), rows.get(other))));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-sliced", "random-native"})
    void whatStandsFirstIsSeenFromEverywhere(String random) {
        packed(random, (given, layout) -> {
            List<int[]> rows = rows(layout);
            given.input(13, 4)
                    .input(13, 4)
                    .input(13, 4)
                    .input(2, 4)
                    .input(2, 4)
                    .check(
                            (ops, t) -> ops.adapters()
                                    .attend(t.get(0), t.get(1), t.get(2), t.get(3), t.get(4), layout, HEADS, 1, 0),
                            m -> attended(
                                    List.of(m.get(0), below(m.get(1), m.get(3)), below(m.get(2), m.get(4))),
                                    (row, other) -> other >= rows.size() || isNear(rows.get(row), rows.get(other))));
        });
    }

    private static boolean isNear(int[] row, int[] other) {
        return row[0] == other[0] && Math.abs(row[1] - other[1]) <= 1;
    }

    private static double[][] below(double[][] a, double[][] b) {
        return Reference.matrix(
                a.length + b.length, a[0].length, (r, c) -> r < a.length ? a[r][c] : b[r - a.length][c]);
    }

    private interface Sees {
        boolean test(int row, int other);
    }

    private static double[][] attended(List<double[][]> m, Sees sees) {
        double[][] q = m.get(0);
        double[][] k = m.get(1);
        double[][] v = m.get(2);
        int width = q[0].length / HEADS;
        return Reference.matrix(q.length, q[0].length, (r, c) -> {
            double weighted = 0;
            double total = 0;
            for (int other = 0; other < k.length; other++) {
                if (sees.test(r, other)) {
                    double score = 0;
                    for (int i = c / width * width; i < (c / width + 1) * width; i++) {
                        score += q[r][i] * k[other][i];
                    }
                    double weight = Math.exp(score / Math.sqrt(width));
                    total += weight;
                    weighted += weight * v[other][c];
                }
            }
            return weighted / total;
        });
    }
}
