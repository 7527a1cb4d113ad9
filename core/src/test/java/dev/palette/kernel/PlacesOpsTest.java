package dev.palette.kernel;

import dev.palette.kernel.Layout.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            given.input(13, 8).check((ops, t) -> ops.attention().rotated(t.get(0), layout, HEADS, 100), m -> {
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
                            (ops, t) -> ops.attention().attend(t.get(0), t.get(1), t.get(2), layout, HEADS, 1, 0),
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

    @ParameterizedTest
    @CsvSource({
        "random-sliced, 12, 40", // a vector for each distance there is
        "random-native, 12, 40",
        "random-sliced, 4, 6", // far ones share theirs
        "random-native, 4, 6"
    })
    void scoresDependOnDistances(String random, int buckets, int farthest) {
        packed(random, (given, layout) -> {
            List<int[]> rows = rows(layout);
            given.input(13, 4)
                    .input(13, 4)
                    .input(13, 4)
                    .input(2 * buckets, 4)
                    .input(2 * buckets, 4)
                    .input(2, 4)
                    .input(2, 4)
                    .check(
                            (ops, t) -> {
                                Distances distances = Distances.within(layout, buckets, farthest);
                                return ops.attention()
                                        .byDistance(
                                                t.get(0),
                                                t.get(1),
                                                t.get(2),
                                                distances.used(t.get(3), ops),
                                                distances.used(t.get(4), ops),
                                                t.get(5),
                                                t.get(6),
                                                distances,
                                                layout,
                                                HEADS,
                                                0);
                            },
                            m -> byDistance(m, rows, buckets, farthest));
        });
    }

    /** Equation 4 of He et al. 2021, and no distance to what stands first. */
    private static double[][] byDistance(List<double[][]> m, List<int[]> rows, int buckets, int farthest) {
        double[][] k = below(m.get(1), m.get(5));
        double[][] v = below(m.get(2), m.get(6));
        return attended(
                (r, other, head) -> {
                    double score = product(m.get(0)[r], k[other], head);
                    if (other < rows.size()) {
                        int row = row(rows.get(r)[1] - rows.get(other)[1], buckets, farthest);
                        score += product(m.get(0)[r], m.get(4)[row], head) + product(m.get(3)[row], k[other], head);
                    }
                    return score / Math.sqrt(3 * 2);
                },
                v,
                13,
                (r, other) -> other >= rows.size() || rows.get(r)[0] == rows.get(other)[0]);
    }

    private static int row(int distance, int buckets, int farthest) {
        int middle = buckets / 2;
        int bucket = distance;
        if (Math.abs(distance) > middle) {
            double share = Math.log((double) Math.abs(distance) / middle) / Math.log((farthest - 1.0) / middle);
            bucket = (int) Math.signum(distance) * (int) (Math.ceil(share * (middle - 1)) + middle);
        }
        return Math.max(0, Math.min(2 * buckets - 1, bucket + buckets));
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

    private interface Score {
        double of(int row, int other, int head);
    }

    private static double[][] attended(List<double[][]> m, Sees sees) {
        return attended(
                (row, other, head) ->
                        product(m.get(0)[row], m.get(1)[other], head) / Math.sqrt((double) m.get(0)[0].length / HEADS),
                m.get(2),
                m.get(0).length,
                sees);
    }

    private static double[][] attended(Score score, double[][] v, int rows, Sees sees) {
        int width = v[0].length / HEADS;
        return Reference.matrix(rows, v[0].length, (r, c) -> {
            double weighted = 0;
            double total = 0;
            for (int other = 0; other < v.length; other++) {
                if (sees.test(r, other)) {
                    double weight = Math.exp(score.of(r, other, c / width));
                    total += weight;
                    weighted += weight * v[other][c];
                }
            }
            return weighted / total;
        });
    }

    private static double product(double[] a, double[] b, int head) {
        int width = a.length / HEADS;
        double sum = 0;
        for (int i = head * width; i < (head + 1) * width; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
