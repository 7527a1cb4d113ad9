package dev.palette.words;

import dev.palette.adapter.InlineAdapter;
import dev.palette.sampler.InlineSampling;
import dev.palette.task.InlineMetric;
import dev.palette.task.Target;
import dev.palette.task.own.ChoicesTask;
import dev.palette.task.own.OwnTask;
import dev.palette.task.own.SplitFiles;
import dev.palette.task.own.TagsTask;
import dev.palette.task.own.TextsTask;
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
        } else if (value instanceof OwnTask task) {
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

    private String task(OwnTask task) {
        List<String> lines = new ArrayList<>();
        SplitFiles files = task.source();
        Optional<String> pattern = files.pattern();
        lines.add(files.format().word() + " " + spelt(pattern.orElse(files.train())));
        if (pattern.isEmpty()) {
            lines.add("trainFile " + spelt(files.train()));
            lines.add("devFile " + spelt(files.dev()));
            lines.add("testFile " + spelt(files.test()));
        }
        if (task instanceof TextsTask texts) {
            lines.addAll(texts(texts));
        } else if (task instanceof ChoicesTask choices) {
            lines.add("text " + spelt(choices.text()));
            lines.add("choices " + spelt(choices.choices()));
            lines.add("label " + spelt(choices.label()));
            lines.add("labels " + spelt(choices.labels()));
        } else if (task instanceof TagsTask tags) {
            lines.add("tokens " + spelt(tags.tokens()));
            lines.add("tags " + spelt(tags.tags()));
            lines.add("labels " + spelt(tags.labels()));
        }
        Integer few = task.trainExamples();
        if (few != null) {
            lines.add("trainExamples " + few);
        }
        return String.join("\n", lines);
    }

    private List<String> texts(TextsTask task) {
        List<Object> metrics = new ArrayList<>(task.measures());
        metrics.addAll(task.own());
        return List.of(
                "text " + spelt(task.columns()),
                "label " + spelt(task.label()),
                target(task.target()),
                "metrics " + spelt(metrics));
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
