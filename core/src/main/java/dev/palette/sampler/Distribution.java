package dev.palette.sampler;

import dev.palette.spec.PaletteException;
import java.util.Arrays;

/** Probabilities of drawing each task: proportional to its size to a power (Stickland &amp; Murray 2019, §3.3). */
final class Distribution {
    private final double[] probabilities;

    private Distribution(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /** p_i ∝ N_i^α. */
    static Distribution power(long[] sizes, double alpha) {
        double[] weights = Arrays.stream(sizes)
                .mapToDouble(n -> Math.pow((double) n, alpha))
                .toArray();
        double total = Arrays.stream(weights).sum();
        if (!(total > 0) || Double.isInfinite(total) || Arrays.stream(sizes).anyMatch(n -> n < 1)) {
            throw new PaletteException("tasks of sizes %s can't be drawn from: each needs training examples"
                    .formatted(Arrays.toString(sizes)));
        }
        return new Distribution(Arrays.stream(weights).map(w -> w / total).toArray());
    }

    double[] probabilities() {
        return probabilities.clone();
    }

    /** The task whose share of the unit interval holds the number: the first whose cumulative probability exceeds it. */
    int draw(double uniform) {
        double total = Arrays.stream(probabilities).sum();
        double reached = 0;
        for (int i = 0; i < probabilities.length - 1; i++) {
            reached += probabilities[i];
            if (uniform < reached / total) {
                return i;
            }
        }
        return probabilities.length - 1;
    }
}
