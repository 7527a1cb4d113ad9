package dev.palette.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Asynchronous successive halving in the form that stops (Li et al. 2020): at each rung a trial goes on if it is among the best
 * 1/{@code reduction} of those that have come to it so far, the first of all always.
 *
 * @param from steps of the first rung
 * @param reduction how many times as many steps the next rung has
 */
record SuccessiveHalving(int from, int reduction) implements Judge {
    @Override
    public boolean concerns(Report report, List<Report> own) {
        return report.isPast(from) && own.stream().noneMatch(earlier -> earlier.isPast(rung(report.step())));
    }

    @Override
    public Judgement judge(Report report, List<Report> all) {
        long rung = rung(report.step());
        List<Double> scores = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (Report other : all) { // of each trial the first that is past the rung
            if (other.isPast(rung) && seen.add(other.trial())) {
                scores.add(other.score());
            }
        }
        long better = scores.stream().filter(score -> score > report.score()).count();
        long going = Math.max(1, scores.size() / reduction);
        if (better < going) {
            return Judgement.GO_ON;
        }
        return Judgement.stop(String.format(
                Locale.ROOT,
                "at the rung of %d steps it is number %d of %d, and the best %d go on",
                rung,
                better + 1,
                scores.size(),
                going));
    }

    /** Steps of the last rung up to a step. */
    private long rung(long step) {
        long rung = from;
        while (rung * reduction <= step) {
            rung *= reduction;
        }
        return rung;
    }
}
