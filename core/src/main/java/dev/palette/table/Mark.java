package dev.palette.table;

/** What is to be seen at once in a cell. */
public enum Mark {
    /** No other line has a higher figure in this column (the first of a cell's figures decides). */
    BEST("•", "• no line has more"),
    /** Other than its baseline, by a test corrected for all comparisons of the table. */
    DIFFERENT("*", "* other than its baseline, p < 0.05 after Holm's correction"),
    /** As good as its baseline within the margin, by two one-sided tests, corrected likewise. */
    EQUIVALENT("≈", "≈ as good as its baseline within the margin, p < 0.05 after Holm's correction");

    private final String sign;
    private final String meaning;

    Mark(String sign, String meaning) {
        this.sign = sign;
        this.meaning = meaning;
    }

    /** What stands behind the figure. */
    public String sign() {
        return sign;
    }

    /** What a note says of it. */
    String meaning() {
        return meaning;
    }
}
