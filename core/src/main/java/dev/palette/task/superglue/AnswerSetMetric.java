package dev.palette.task.superglue;

import dev.palette.task.Metric;

/** MultiRC's official metrics (Khashabi et al. 2018). */
public enum AnswerSetMetric implements Metric {
    /** The F1 of the right answers over all questions together: a question with more answers counts for more. */
    F1A("f1a", "F1a"),
    /** The share of questions of which every answer is judged rightly. */
    EXACT_MATCH("exact_match", "EM");

    private final String label;
    private final String brief;

    AnswerSetMetric(String label, String brief) {
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
}
