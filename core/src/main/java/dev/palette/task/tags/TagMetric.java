package dev.palette.task.tags;

import dev.palette.task.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How well the tags of sentences' tokens are predicted, over a whole split. */
public enum TagMetric implements Metric {
    /** The harmonic mean of {@link #PRECISION} and {@link #RECALL}; 0 where no span is right. */
    F1("f1", "F1") {
        @Override
        double measure(Counts c) {
            return ratio(2 * c.rightSpans(), c.predictedSpans() + c.expectedSpans());
        }
    },
    /** The share of predicted spans that are right: type, first and last token. 0 where none is predicted. */
    PRECISION("precision", "prec") {
        @Override
        double measure(Counts c) {
            return ratio(c.rightSpans(), c.predictedSpans());
        }
    },
    /** The share of spans that are found: type, first and last token. 0 where there is none. */
    RECALL("recall", "rec") {
        @Override
        double measure(Counts c) {
            return ratio(c.rightSpans(), c.expectedSpans());
        }
    },
    /** The share of tokens whose tag is right. */
    ACCURACY("accuracy", "acc") {
        @Override
        double measure(Counts c) {
            return ratio(c.rightTokens(), c.tokens());
        }
    };

    private final String label;
    private final String brief;

    TagMetric(String label, String brief) {
        this.label = label;
        this.brief = brief;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String brief() {
        return brief;
    }

    /** Those that mean something of some tags: all where they say where spans are, else accuracy alone. */
    public static List<TagMetric> of(List<String> tags) {
        return TagSpan.areOf(tags) ? List.of(values()) : List.of(ACCURACY);
    }

    /**
     * The metric over some sentences.
     *
     * @param predicted each sentence's tags
     * @param expected the same sentences' right tags
     */
    public double of(List<List<String>> predicted, List<List<String>> expected) {
        Counts sum = new Counts(0, 0, 0, 0, 0);
        for (int i = 0; i < expected.size(); i++) {
            sum = sum.plus(Counts.of(predicted.get(i), expected.get(i)));
        }
        return measure(sum);
    }

    abstract double measure(Counts counts);

    private static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** What all four are made of. */
    private record Counts(int tokens, int rightTokens, int predictedSpans, int expectedSpans, int rightSpans) {
        static Counts of(List<String> predicted, List<String> expected) {
            if (predicted.size() != expected.size()) {
                throw new IllegalArgumentException(
                        "%d predictions for %d tokens".formatted(predicted.size(), expected.size()));
            }
            int right = 0;
            for (int i = 0; i < expected.size(); i++) {
                right += predicted.get(i).equals(expected.get(i)) ? 1 : 0;
            }
            List<TagSpan> found = TagSpan.of(predicted);
            Set<TagSpan> wanted = new HashSet<>(TagSpan.of(expected));
            int rightSpans = (int) found.stream().filter(wanted::contains).count();
            return new Counts(expected.size(), right, found.size(), wanted.size(), rightSpans);
        }

        Counts plus(Counts other) {
            return new Counts(
                    tokens + other.tokens,
                    rightTokens + other.rightTokens,
                    predictedSpans + other.predictedSpans,
                    expectedSpans + other.expectedSpans,
                    rightSpans + other.rightSpans);
        }
    }
}
