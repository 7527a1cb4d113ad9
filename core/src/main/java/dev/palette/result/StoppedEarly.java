package dev.palette.result;

/**
 * That a search stopped a run for good before its end: {@code stopped.json}. Such a run has no result. It is neither finished nor
 * failed, and does not go on unless its trial is asked for by a sweep that does not stop it; then it begins anew.
 *
 * @param trial the trial's id
 * @param step steps done
 * @param why what spoke against it
 */
public record StoppedEarly(String trial, long step, String why) {
    /** For people: {@code stopped early after 400 steps: …}. */
    public String text() {
        return "stopped early after %d steps: %s".formatted(step, why);
    }
}
