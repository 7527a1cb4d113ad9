package dev.palette.table;

import dev.palette.statistics.Interval;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/**
 * Effects with their intervals as a picture in letters, a line each, the zero in common:
 *
 * <pre>
 *           −2.0      0             +4.0
 * cola mcc     ───────┼──●─────
 * rte acc             │     ───●───
 * </pre>
 */
final class ForestPlot {
    private final List<Contrast> contrasts;
    private final int columns;
    private final double low;
    private final double high;

    /**
     * @param columns letters of the picture, without the names before it
     */
    ForestPlot(List<Contrast> contrasts, int columns) {
        this.contrasts = contrasts;
        this.columns = columns;
        this.low = Math.min(
                0, contrasts.stream().mapToDouble(c -> interval(c).low()).min().orElse(0));
        this.high = Math.max(
                0, contrasts.stream().mapToDouble(c -> interval(c).high()).max().orElse(0));
    }

    private static Interval interval(Contrast contrast) {
        return contrast.comparison()
                .map(comparison -> comparison.interval())
                .orElseGet(() -> new Interval(contrast.effect(), contrast.effect()));
    }

    String render() {
        int names = contrasts.stream()
                .mapToInt(contrast -> contrast.measure().title().length())
                .max()
                .orElse(0);
        return " ".repeat(names + 2) + scale() + "\n"
                + contrasts.stream()
                        .map(contrast -> StringUtils.rightPad(contrast.measure().title(), names + 2) + line(contrast))
                        .map(String::stripTrailing)
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Both ends of the picture and its zero, where they do not touch. */
    private String scale() {
        StringBuilder scale = new StringBuilder(" ".repeat(columns));
        place(scale, 0, NumberFormat.DIFFERENCE.number(low));
        String highest = NumberFormat.DIFFERENCE.number(high);
        place(scale, columns - highest.length(), highest);
        place(scale, at(0), "0");
        return scale.toString().stripTrailing();
    }

    private void place(StringBuilder scale, int from, String text) {
        int start = Math.max(0, from);
        int end = Math.min(columns, start + text.length());
        boolean free = scale.substring(Math.max(0, start - 1), Math.min(columns, end + 1))
                .isBlank();
        if (free) {
            scale.replace(start, end, text);
        }
    }

    private String line(Contrast contrast) {
        StringBuilder line = new StringBuilder(" ".repeat(columns));
        line.setCharAt(at(0), '│');
        for (int i = at(interval(contrast).low()); i <= at(interval(contrast).high()); i++) {
            line.setCharAt(i, line.charAt(i) == '│' ? '┼' : '─');
        }
        line.setCharAt(at(contrast.effect()), '●');
        return line.toString();
    }

    private int at(double value) {
        double share = high > low ? (value - low) / (high - low) : 0;
        return (int) Math.round(share * (columns - 1));
    }
}
