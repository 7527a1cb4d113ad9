package dev.palette.task.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.task.DatasetForm;
import dev.palette.task.InlineMetric;
import dev.palette.task.LabelMetric;
import dev.palette.task.LabelledTexts;
import dev.palette.task.PairedMetric;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.TaskName;
import dev.palette.task.TextColumns;
import dev.palette.task.TextForm;
import dev.palette.task.TextTask;
import dev.palette.task.rows.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts or pairs with a label: {@code task('intents') { csv 'intents/*.csv'; text 'utterance'; label 'intent' }}.
 *
 * @param name unique in an experiment
 * @param source its files
 * @param splits the splits whose files there are; empty before they are {@linkplain #readFrom looked for}
 * @param columns of the text, or of the two texts of a pair
 * @param label the column of the label
 * @param target what the labels are; classes without any are those of the training file, once it is {@linkplain #readFrom read}
 * @param measures Palette's own metrics by which it is scored, the most important first
 * @param own metrics that a script defines; they come after Palette's
 * @param trainExamples how many of the training examples are trained on; null for all
 */
public record TextsTask(
        String name,
        SplitFiles source,
        List<Split> splits,
        List<String> columns,
        String label,
        Target target,
        List<LabelMetric> measures,
        List<InlineMetric> own,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements OwnTask, TextTask {
    /** Checks the name and copies the lists. */
    public TextsTask {
        TaskName.check(name);
        splits = List.copyOf(splits);
        columns = List.copyOf(columns);
        measures = List.copyOf(measures);
        own = List.copyOf(own);
        Limits.check(TextsTask.class, name, source, splits, columns, label, target, measures, own, trainExamples);
    }

    /**
     * The task with the splits whose files there are, and with the classes that the training file has where none were given, in
     * alphabetical order.
     *
     * @throws dev.palette.spec.PaletteException when there is no training or no dev file, or one lacks a column
     */
    @Override
    public TextsTask readFrom(@Nullable Path dataDirectory) {
        if (!splits.isEmpty()) {
            return this;
        }
        TextsTask found = with(source.present(name, dataDirectory), target);
        Path data = Objects.requireNonNull(dataDirectory); // or it would have been asked for
        found.splits().forEach(split -> found.table(split, data));
        boolean unnamed = target instanceof Target.Classification classes
                && classes.labels().isEmpty();
        return unnamed ? found.with(found.splits(), new Target.Classification(labels(found, data))) : found;
    }

    private static List<String> labels(TextsTask task, Path data) {
        return FoundLabels.in(task.table(Split.TRAIN, data), task.label, row -> List.of(row.text(task.label)));
    }

    private TextsTask with(List<Split> present, Target found) {
        return new TextsTask(name, source, present, columns, label, found, measures, own, trainExamples);
    }

    @Override
    public String word() {
        return "texts";
    }

    @Override
    public List<String> columns(boolean labelled) {
        return labelled ? Stream.concat(columns.stream(), Stream.of(label)).toList() : columns;
    }

    @Override
    public int texts() {
        return columns.size();
    }

    @Override
    public List<? extends PairedMetric> metrics() {
        return Stream.concat(measures.stream(), own.stream()).toList();
    }

    @Override
    public LabelledTexts read(Split split, Path dataDirectory) {
        Table table = table(split, dataDirectory);
        return columns(table).read(table, target, metrics());
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        return splits.contains(split)
                ? Optional.of(new TextForm(
                        source.format().word() + " " + columns(table(split, dataDirectory)), target, metrics(), 1))
                : Optional.empty();
    }

    /** A test file need not have the label. */
    private TextColumns columns(Table table) {
        return new TextColumns(
                columns.get(0),
                columns.size() > 1 ? columns.get(1) : null,
                table.columns().contains(label) ? label : null);
    }
}
