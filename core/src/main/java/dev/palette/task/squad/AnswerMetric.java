package dev.palette.task.squad;

import dev.palette.task.Metric;
import dev.palette.text.WhiteSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * SQuAD's official metrics (Rajpurkar et al. 2016, §6.1): the mean over questions of how well the answer agrees with the one of
 * people's answers that it agrees with best. Case, punctuation, articles and white space are left out of the comparison.
 */
public enum AnswerMetric implements Metric {
    /** Whether the answers are the same. */
    EXACT_MATCH("exact_match", "EM") {
        @Override
        double agreement(String predicted, String truth) {
            return predicted.equals(truth) ? 1 : 0;
        }
    },

    /** The harmonic mean of precision and recall over the answers' words; 0 when they share none. */
    F1("f1", "F1") {
        @Override
        double agreement(String predicted, String truth) {
            List<String> found = WhiteSpace.split(predicted);
            List<String> wanted = WhiteSpace.split(truth);
            Map<String, Integer> left = new HashMap<>();
            wanted.forEach(word -> left.merge(word, 1, Integer::sum));
            int common = 0;
            for (String word : found) {
                if (left.merge(word, -1, Integer::sum) >= 0) {
                    common++;
                }
            }
            if (common == 0) {
                return 0;
            }
            double precision = (double) common / found.size();
            double recall = (double) common / wanted.size();
            return 2 * precision * recall / (precision + recall);
        }
    };

    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}"); // ASCII's alone
    /** Between what Python's {@code \b} takes for the ends of words: anything but letters, numbers and {@code _}. */
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\p{L}\\p{N}_])(a|an|the)(?![\\p{L}\\p{N}_])");

    private final String label;
    private final String brief;

    AnswerMetric(String label, String brief) {
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

    /**
     * How well an answer agrees with people's, from 0 to 1.
     *
     * @param truths at least one
     */
    public double of(String predicted, List<String> truths) {
        String plain = normalise(predicted);
        return truths.stream()
                .mapToDouble(truth -> agreement(plain, normalise(truth)))
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no answer to compare with"));
    }

    abstract double agreement(String predicted, String truth);

    private static String normalise(String answer) {
        String lower = answer.toLowerCase(Locale.ROOT);
        String bare = PUNCTUATION.matcher(lower).replaceAll("");
        return String.join(" ", WhiteSpace.split(ARTICLE.matcher(bare).replaceAll(" ")));
    }
}
