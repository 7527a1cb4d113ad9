package dev.palette.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hipparchus.stat.descriptive.rank.Median;

/**
 * The median rule (Golovin et al. 2017, §3.2.2): a trial is stopped when its best score so far is below the median of the mean scores
 * that the others had up to the same step.
 *
 * @param from no trial is stopped before so many steps
 * @param after no trial is stopped before so many others have come as far
 */
record MedianStopping(int from, int after) implements Judge {
    @Override
    public boolean concerns(Report report, List<Report> own) {
        return report.isPast(from);
    }

    @Override
    public Judgement judge(Report report, List<Report> all) {
        Map<Integer, List<Report>> others = all.stream()
                .filter(other -> other.trial() != report.trial())
                .collect(Collectors.groupingBy(Report::trial));
        double[] means = others.values().stream()
                .filter(reports -> reports.stream().anyMatch(other -> other.isPast(report.step())))
                .mapToDouble(reports -> mean(reports, report.step()))
                .toArray();
        if (means.length < after) {
            return Judgement.GO_ON;
        }
        double best = all.stream()
                .filter(own -> own.trial() == report.trial() && own.step() <= report.step())
                .mapToDouble(Report::score)
                .max()
                .orElse(report.score());
        double median = new Median().evaluate(means);
        return best >= median
                ? Judgement.GO_ON
                : Judgement.stop(String.format(
                        Locale.ROOT,
                        "after %d steps its best score is %.4f, below the median %.4f of %d others",
                        report.step(),
                        best,
                        median,
                        means.length));
    }

    private static double mean(List<Report> reports, long upTo) {
        return reports.stream()
                .filter(report -> report.step() <= upTo)
                .mapToDouble(Report::score)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
