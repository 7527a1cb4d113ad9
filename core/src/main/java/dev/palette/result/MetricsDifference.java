package dev.palette.result;

import java.util.List;
import java.util.Optional;

/**
 * Where two runs of one trial part, by what they logged on the way: the first loss or score that is not the same to the last bit.
 *
 * @param before the metrics of the one
 * @param now those of the other
 */
record MetricsDifference(MetricsFile before, MetricsFile now) {
    /** The first difference, and how many there are; empty when there is none. */
    Optional<Change> change() {
        List<MetricPoint> was = numbers(before);
        List<MetricPoint> is = numbers(now);
        int common = Math.min(was.size(), is.size());
        int first = -1;
        int other = Math.max(was.size(), is.size()) - common;
        for (int i = common - 1; i >= 0; i--) {
            if (!same(was.get(i), is.get(i))) {
                first = i;
                other++;
            }
        }
        if (first >= 0) {
            return Optional.of(change(was.get(first), is.get(first), other, common));
        }
        return other == 0
                ? Optional.empty()
                : Optional.of(new Change("logged numbers", Integer.toString(was.size()), Integer.toString(is.size())));
    }

    /** All that was logged but the time, which is never the same. */
    private static List<MetricPoint> numbers(MetricsFile metrics) {
        return metrics.points().stream()
                .filter(point -> !point.name().equals("seconds"))
                .toList();
    }

    private static boolean same(MetricPoint one, MetricPoint other) {
        return one.name().equals(other.name())
                && one.step() == other.step()
                && Double.compare(one.value(), other.value()) == 0;
    }

    private static Change change(MetricPoint was, MetricPoint is, int others, int all) {
        return new Change(
                "%s at step %d, the first of %d logged numbers of %d that differ"
                        .formatted(was.name(), was.step(), others, all),
                Double.toString(was.value()),
                is.name().equals(was.name()) ? Double.toString(is.value()) : is.name() + " " + is.value());
    }
}
