package dev.palette.kernel;

import java.util.Arrays;
import org.hipparchus.special.Erf;

/** The operations once more, in plain double arithmetic: one row a position or an example, one column a feature. */
final class Reference {
    private Reference() {}

    static double[][] zeros(int rows, int columns) {
        return new double[rows][columns];
    }

    interface Value {
        double at(int row, int column);
    }

    static double[][] matrix(int rows, int columns, Value value) {
        double[][] m = zeros(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                m[r][c] = value.at(r, c);
            }
        }
        return m;
    }

    static double[][] add(double[][] a, double[][] b) {
        return matrix(a.length, a[0].length, (r, c) -> a[r][c] + b[r][c]);
    }

    /** x Wᵀ + b. */
    static double[][] linear(double[][] x, double[][] weight, double[][] bias) {
        return matrix(x.length, weight.length, (r, o) -> {
            double sum = bias[0][o];
            for (int i = 0; i < weight[o].length; i++) {
                sum += x[r][i] * weight[o][i];
            }
            return sum;
        });
    }

    static double[][] norm(double[][] x, double[][] scale, double[][] shift, double epsilon) {
        return matrix(x.length, x[0].length, (r, c) -> {
            double mean = Arrays.stream(x[r]).average().orElseThrow();
            double variance = Arrays.stream(x[r])
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            return scale[0][c] * (x[r][c] - mean) / Math.sqrt(variance + epsilon) + shift[0][c];
        });
    }

    /** x Φ(x). */
    static double[][] gelu(double[][] x) {
        return matrix(x.length, x[0].length, (r, c) -> x[r][c] * (1 + Erf.erf(x[r][c] / Math.sqrt(2))) / 2);
    }

    static double[][] tanh(double[][] x) {
        return matrix(x.length, x[0].length, (r, c) -> Math.tanh(x[r][c]));
    }

    /** Every {@code length}-th row. */
    static double[][] first(double[][] h, int length) {
        return matrix(h.length / length, h[0].length, (r, c) -> h[r * length][c]);
    }

    static double[][] embed(int[] ids, int[] types, int length, double[][] words, double[][] places, double[][] kinds) {
        return matrix(
                ids.length, words[0].length, (r, c) -> words[ids[r]][c] + places[r % length][c] + kinds[types[r]][c]);
    }

    /**
     * softmax(q kᵀ / √d + mask) v for each sequence and head.
     *
     * @param mask one row a sequence
     */
    static double[][] attend(double[][] q, double[][] k, double[][] v, double[][] mask, int heads) {
        int length = mask[0].length;
        int width = q[0].length / heads;
        return matrix(q.length, q[0].length, (r, c) -> {
            int sequence = r / length;
            int head = c / width;
            double weighted = 0;
            double total = 0;
            for (int t = 0; t < length; t++) {
                int other = sequence * length + t;
                double score = 0;
                for (int i = head * width; i < (head + 1) * width; i++) {
                    score += q[r][i] * k[other][i];
                }
                double weight = Math.exp(score / Math.sqrt(width) + mask[sequence][t]);
                total += weight;
                weighted += weight * v[other][c];
            }
            return weighted / total;
        });
    }

    static double[][] crossEntropy(double[][] logits, int[] labels) {
        double sum = 0;
        for (int r = 0; r < logits.length; r++) {
            sum += Math.log(Arrays.stream(logits[r]).map(Math::exp).sum()) - logits[r][labels[r]];
        }
        return new double[][] {{sum / logits.length}};
    }

    /**
     * Of a start and an end in each of some sequences.
     *
     * @param logits one row a position, sequence after sequence; columns start and end
     * @param positions start and end of each sequence; beyond the sequence, left out
     */
    static double[][] spanLoss(double[][] logits, int length, int[][] positions) {
        double sum = 0;
        for (int end = 0; end < 2; end++) {
            double ofColumn = 0;
            int counted = 0;
            for (int sequence = 0; sequence < positions.length; sequence++) {
                int right = Math.max(0, positions[sequence][end]);
                if (right < length) {
                    double total = 0;
                    for (int t = 0; t < length; t++) {
                        total += Math.exp(logits[sequence * length + t][end]);
                    }
                    ofColumn += Math.log(total) - logits[sequence * length + right][end];
                    counted++;
                }
            }
            sum += ofColumn / counted;
        }
        return new double[][] {{sum / 2}};
    }

    static double[][] meanSquaredError(double[][] predictions, double[] labels) {
        double sum = 0;
        for (int r = 0; r < labels.length; r++) {
            sum += Math.pow(predictions[r][0] - labels[r], 2);
        }
        return new double[][] {{sum / labels.length}};
    }
}
