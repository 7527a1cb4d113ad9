package dev.palette.task.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import dev.palette.task.DatasetForm;
import dev.palette.task.Examples;
import dev.palette.task.Head;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledChoices;
import dev.palette.task.LabelledChoices.Choice;
import dev.palette.task.Loss;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.TaskName;
import dev.palette.task.TextColumns;
import dev.palette.task.TextForm;
import dev.palette.task.rows.Row;
import dev.palette.task.rows.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text and several others of which one goes with it: {@code task('endings') { jsonLines 'swag/*.jsonl'; text 'start'; choices 'ending0',
 * 'ending1'; label 'label' }}. Each choice is read beside the text, and the softmax is over the choices.
 *
 * @param name unique in an experiment
 * @param source its files
 * @param splits the splits whose files there are; empty before they are {@linkplain #readFrom looked for}
 * @param text the column of the text
 * @param choices the columns of the choices, or the one column that lists them
 * @param label the column of the right choice's label
 * @param labels the choices' labels, in order; empty before the files are read where they are the numbers from 0
 * @param trainExamples how many of the training examples are trained on; null for all
 */
public record ChoicesTask(
        String name,
        SplitFiles source,
        List<Split> splits,
        String text,
        List<String> choices,
        String label,
        List<String> labels,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements OwnTask {
    private static final List<LabelMetric> METRICS = List.of(LabelMetric.ACCURACY);

    /** Checks the name and copies the lists. */
    public ChoicesTask {
        TaskName.check(name);
        splits = List.copyOf(splits);
        choices = List.copyOf(choices);
        labels = List.copyOf(labels);
        Limits.check(ChoicesTask.class, name, source, splits, text, choices, label, labels, trainExamples);
    }

    /**
     * The task with the splits whose files there are, and with as many labels as a row has choices.
     *
     * @throws PaletteException when there is no training or no dev file, or one lacks a column
     */
    @Override
    public ChoicesTask readFrom(@Nullable Path dataDirectory) {
        if (!splits.isEmpty()) {
            return this;
        }
        ChoicesTask found = with(source.present(name, dataDirectory), labels);
        Path data = Objects.requireNonNull(dataDirectory); // or it would have been asked for
        found.splits().forEach(split -> found.table(split, data));
        return labels.isEmpty() ? found.with(found.splits(), numbers(found.count(data))) : found;
    }

    private ChoicesTask with(List<Split> present, List<String> named) {
        return new ChoicesTask(name, source, present, text, choices, label, named, trainExamples);
    }

    /** How many choices the first row has. */
    private int count(Path dataDirectory) {
        List<Integer> counts = new ArrayList<>();
        if (choices.size() > 1) {
            return choices.size();
        }
        Table table = table(Split.TRAIN, dataDirectory);
        table.readSome(row -> {
            if (counts.isEmpty()) {
                counts.add(of(row).size());
                if (counts.get(0) < 2) {
                    throw row.problem(
                            "%d texts in column '%s'".formatted(counts.get(0), choices.get(0)),
                            "two or more to choose from");
                }
            }
        });
        return counts.get(0);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private List<String> of(Row row) {
        return choices.size() > 1 ? choices.stream().map(row::text).toList() : row.texts(choices.get(0));
    }

    @Override
    public String word() {
        return "choices";
    }

    @Override
    public List<String> columns(boolean labelled) {
        Stream<String> texts = Stream.concat(Stream.of(text), choices.stream());
        return (labelled ? Stream.concat(texts, Stream.of(label)) : texts).toList();
    }

    @Override
    public Head head() {
        return new Head.Choice(labels.size());
    }

    @Override
    public Loss loss() {
        return Loss.CROSS_ENTROPY;
    }

    @Override
    public List<LabelMetric> metrics() {
        return METRICS;
    }

    @Override
    public LabelledChoices read(Split split, Path dataDirectory) {
        Table table = table(split, dataDirectory);
        boolean labelled = table.columns().contains(label);
        Target target = new Target.Classification(labels);
        List<Choice> list = new ArrayList<>();
        table.readSome(row -> list.add(new Choice(
                row.number(),
                row.text(text),
                choices(row),
                labelled ? TextColumns.label(row, label, target) : Double.NaN)));
        return new LabelledChoices(labels, METRICS, list, List.of());
    }

    private List<String> choices(Row row) {
        List<String> texts = of(row);
        if (texts.size() != labels.size()) {
            throw row.problem("%d choices".formatted(texts.size()), labels.size() + ", as the first row has");
        }
        return texts;
    }

    /** Each a text and then its choices. */
    @Override
    public Examples asked(List<List<String>> texts) {
        List<Choice> list = new ArrayList<>();
        for (List<String> each : texts) {
            if (each.size() != 1 + labels.size()) {
                throw new PaletteException("task '%s' is asked about a text and its %d choices, and was given %d texts"
                        .formatted(name, labels.size(), each.size()));
            }
            list.add(new Choice(list.size(), each.get(0), each.subList(1, each.size()), Double.NaN));
        }
        return new LabelledChoices(labels, METRICS, list, List.of());
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        String columns = "%s %s %s %s".formatted(source.format().word(), text, choices, label);
        return splits.contains(split)
                ? Optional.of(new TextForm(columns, new Target.Classification(labels), METRICS, labels.size()))
                : Optional.empty();
    }
}
