package dev.palette.search;

/**
 * What becomes of a trial, and why.
 *
 * @param verdict what becomes of it
 * @param why in a few words, empty where it goes on
 */
public record Judgement(Verdict verdict, String why) {
    /** Nothing speaks against it. */
    public static final Judgement GO_ON = new Judgement(Verdict.GO_ON, "");

    /** It must wait for earlier trials. */
    public static final Judgement WAIT = new Judgement(Verdict.WAIT, "it waits for the scores of earlier trials");

    /** It does poorly. */
    static Judgement stop(String why) {
        return new Judgement(Verdict.STOP, why);
    }
}
