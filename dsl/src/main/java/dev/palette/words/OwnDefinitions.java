package dev.palette.words;

import dev.palette.adapter.InlineAdapter;
import dev.palette.sampler.InlineSampling;
import dev.palette.task.InlineMetric;
import dev.palette.task.Target;
import dev.palette.task.TsvTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a script has defined itself, as scripts write it: {@code adapter('gated', size: 64) { … }}. */
final class OwnDefinitions {
    private final OwnCode code;
    private final Function<Object, Optional<String>> spelling;

    /**
     * @param code takes the definitions' code
     * @param spelling of the values among their options
     */
    OwnDefinitions(OwnCode code, Function<Object, Optional<String>> spelling) {
        this.code = code;
        this.spelling = spelling;
    }

    /** The definition; nothing for any other value. */
    Optional<String> of(Object value) {
        if (value instanceof InlineAdapter adapter) {
            return Optional.of("adapter(%s%s) %s"
                    .formatted(spelt(adapter.name()), options(adapter.options()), code.braces(adapter.code())));
        } else if (value instanceof InlineSampling sampling) {
            return Optional.of("sampler(%s) %s".formatted(spelt(sampling.name()), code.braces(sampling.code())));
        } else if (value instanceof InlineMetric metric) {
            return Optional.of("metric(%s) %s".formatted(spelt(metric.name()), code.braces(metric.code())));
        } else if (value instanceof TsvTask task) {
            return Optional.of(
                    "task(%s) {\n%s}".formatted(spelt(task.name()), task(task).indent(4)));
        }
        return Optional.empty();
    }

    private String options(Map<String, Object> options) {
        return options.entrySet().stream()
                .map(option -> ", %s: %s".formatted(option.getKey(), argument(option.getValue())))
                .collect(Collectors.joining());
    }

    private String argument(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(this::argument).collect(Collectors.joining(", ", "[", "]"))
                : spelt(value);
    }

    private String task(TsvTask task) {
        List<Object> metrics = new ArrayList<>(task.measures());
        metrics.addAll(task.own());
        return """
                tsv %s
                text %s
                label %s
                %s
                metrics %s""".formatted(
                spelt(task.files()), spelt(task.columns()), spelt(task.label()), target(task.target()), spelt(metrics));
    }

    private String target(Target target) {
        return target instanceof Target.Regression scores
                ? "scores %s, %s".formatted(spelt(scores.low()), spelt(scores.high()))
                : "labels " + spelt(((Target.Classification) target).labels());
    }

    private String spelt(Object value) {
        return spelling.apply(value).orElseThrow(() -> new IllegalStateException("no word for " + value));
    }
}
