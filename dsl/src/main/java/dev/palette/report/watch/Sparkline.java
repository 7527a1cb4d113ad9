package dev.palette.report.watch;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A curve in a few letters: {@code ▁▃▆█}. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * The last of some values, from the lowest to the highest of them.
     *
     * @param most letters
     */
    static String of(double[] values, int most) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        double[] last = Arrays.copyOfRange(known, Math.max(0, known.length - most), known.length);
        double low = Arrays.stream(last).min().orElse(0);
        double high = Arrays.stream(last).max().orElse(0);
        return Arrays.stream(last)
                .mapToInt(
                        value -> high == low ? 0 : (int) Math.round((BARS.length() - 1) * (value - low) / (high - low)))
                .mapToObj(height -> BARS.substring(height, height + 1))
                .collect(Collectors.joining());
    }
}
