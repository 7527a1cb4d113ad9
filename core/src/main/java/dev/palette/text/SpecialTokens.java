package dev.palette.text;

import java.util.List;

/** The pieces of a BERT vocabulary that stand for no text. */
public final class SpecialTokens {
    /** Fills a batch's shorter sequences. */
    public static final String PAD = "[PAD]";
    /** Stands for a word that the vocabulary cannot spell. */
    public static final String UNKNOWN = "[UNK]";
    /** Opens every sequence; its final state represents the whole (classification). */
    public static final String CLS = "[CLS]";
    /** Closes each text (separator). */
    public static final String SEP = "[SEP]";

    static final List<String> ALL = List.of(PAD, UNKNOWN, CLS, SEP);

    private SpecialTokens() {}
}
