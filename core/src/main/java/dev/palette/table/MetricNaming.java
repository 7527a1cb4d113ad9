package dev.palette.table;

import dev.palette.task.LabelMetric;
import dev.palette.task.Metric;
import dev.palette.task.squad.AnswerMetric;
import dev.palette.task.superglue.AnswerSetMetric;
import dev.palette.task.tags.TagMetric;
import java.util.Arrays;
import java.util.stream.Stream;

/** What headings call the metrics that results name. */
final class MetricNaming {
    private MetricNaming() {}

    /** {@code acc} for {@code accuracy}; a plug-in's metric, of which the files tell the name alone, is called that. */
    static String brief(String metric) {
        return Stream.<Metric[]>of(
                        LabelMetric.values(), AnswerMetric.values(), TagMetric.values(), AnswerSetMetric.values())
                .flatMap(Arrays::stream)
                .filter(known -> known.label().equals(metric))
                .map(Metric::brief)
                .findFirst()
                .orElse(metric);
    }
}
