package dev.palette.task.own;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import dev.palette.task.InlineMetric;
import dev.palette.task.LabelMetric;
import dev.palette.task.PairedMetric;
import dev.palette.task.Target;
import dev.palette.task.rows.TableFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code task('name')}. Which kind of task it is they tell: {@code choices} make a choice among texts, {@code tokens} or
 * {@code tags} a label for each token, neither of them texts or pairs with a label.
 */
public final class OwnTaskOptions implements Block<OwnTask> {
    private final String name;
    private final OwnFileNames files = new OwnFileNames();
    private List<String> columns = List.of();
    private List<String> choices = List.of();
    private @Nullable String tokens;
    private @Nullable String tags;
    private @Nullable String label;
    private List<String> labels = List.of();
    private Target.@Nullable Regression scores;
    private @Nullable List<PairedMetric> metrics;
    private @Nullable Integer trainExamples;

    /** A task of a name. */
    public OwnTaskOptions(String name) {
        this.name = name;
    }

    /** Tab-separated files with a header, in the data directory: {@code tsv 'intents/*.tsv'}; the star stands for train, dev and test. */
    public OwnTaskOptions tsv(String pattern) {
        files.of(TableFormat.TSV, pattern);
        return this;
    }

    /** Comma-separated files (RFC 4180) with a header: {@code csv 'intents/*.csv'}; the star stands for train, dev and test. */
    public OwnTaskOptions csv(String pattern) {
        files.of(TableFormat.CSV, pattern);
        return this;
    }

    /** Files of a JSON object a line: {@code jsonLines 'intents/*.jsonl'}; the star stands for train, dev and test. */
    public OwnTaskOptions jsonLines(String pattern) {
        files.of(TableFormat.JSON_LINES, pattern);
        return this;
    }

    /** Files of Apache Parquet: {@code parquet 'intents/*.parquet'}; the star stands for train, dev and test. */
    public OwnTaskOptions parquet(String pattern) {
        files.of(TableFormat.PARQUET, pattern);
        return this;
    }

    /** Files of a token a line, as CoNLL's: {@code conll 'ner/*.txt'}; the star stands for train, dev and test. Columns are numbered from 1. */
    public OwnTaskOptions conll(String pattern) {
        files.of(TableFormat.CONLL, pattern);
        return this;
    }

    /** The file to train on, where the star does not name it. */
    public OwnTaskOptions trainFile(String file) {
        files.train = file;
        return this;
    }

    /** The file that is reported, where the star does not name it: {@code devFile 'intents/validation.csv'}. */
    public OwnTaskOptions devFile(String file) {
        files.dev = file;
        return this;
    }

    /** The file that is predicted, where the star does not name it; it need not be there, nor have labels. */
    public OwnTaskOptions testFile(String file) {
        files.test = file;
        return this;
    }

    /** The column of the text, or the two columns of a pair: {@code text 'question', 'answer'}. */
    public OwnTaskOptions text(Collection<String> names) {
        columns = List.copyOf(names);
        return this;
    }

    /** The column of the text, or the two columns of a pair. */
    public OwnTaskOptions text(String... names) {
        return text(List.of(names));
    }

    /** The columns of the texts of which one is right, or the one column that lists them: {@code choices 'ending0', 'ending1'}. */
    public OwnTaskOptions choices(Collection<String> names) {
        choices = List.copyOf(names);
        return this;
    }

    /** The columns of the texts of which one is right, or the one column that lists them. */
    public OwnTaskOptions choices(String... names) {
        return choices(List.of(names));
    }

    /** The column that lists a sentence's tokens; {@code tokens} by default, of {@code conll} files {@code 1}. */
    public OwnTaskOptions tokens(String column) {
        tokens = column;
        return this;
    }

    /** The column that lists the tokens' tags, each predicted: {@code tags 'ner_tags'}, of {@code conll} files by its number. */
    public OwnTaskOptions tags(String column) {
        tags = column;
        return this;
    }

    /** The column of the label, or of the right choice's label. */
    public OwnTaskOptions label(String column) {
        label = column;
        return this;
    }

    /**
     * The classes, the tags, or what the choices are called, in the order that numbers count them from 0; by default the classes and tags of
     * the training file in alphabetical order, and the choices' numbers.
     */
    public OwnTaskOptions labels(Collection<String> classes) {
        labels = List.copyOf(new LinkedHashSet<>(classes));
        return this;
    }

    /** The classes, the tags, or what the choices are called, in order. */
    public OwnTaskOptions labels(String... classes) {
        return labels(List.of(classes));
    }

    /** The lowest and the highest score, where the label is a number to be estimated: {@code scores 0, 5}. */
    public OwnTaskOptions scores(Collection<Double> lowAndHigh) {
        List<Double> both = List.copyOf(lowAndHigh);
        if (both.size() != 2 || !(both.get(0) < both.get(1))) {
            throw new PaletteException(
                    "scores is %s, expected the lowest and the highest: scores 0, 5".formatted(both));
        }
        scores = new Target.Regression(both.get(0), both.get(1));
        return this;
    }

    /** The metrics of texts, the most important first; accuracy by default, and Pearson's and Spearman's correlation for scores. */
    public OwnTaskOptions metrics(Collection<? extends PairedMetric> values) {
        metrics = List.copyOf(values);
        return this;
    }

    /** The metrics of texts, the most important first; those that a script defines come after Palette's. */
    public OwnTaskOptions metrics(PairedMetric... values) {
        return metrics(List.of(values));
    }

    /** Train on so many of the training examples, in proportion to their classes; all by default. Each seed draws its own. */
    public OwnTaskOptions trainExamples(int value) {
        trainExamples = value;
        return this;
    }

    @Override
    public OwnTask build() {
        boolean tagged = tokens != null || tags != null || files.format() == TableFormat.CONLL;
        List<String> missing = new ArrayList<>();
        require(missing, files.format() != null, "its files: tsv 'intents/*.tsv', or csv, jsonLines, parquet, conll");
        if (tagged) {
            require(missing, tags != null, "the column of the tags: tags 'ner_tags'");
            refuse("tags", !columns.isEmpty(), "text");
            refuse("tags", !choices.isEmpty(), "choices");
            refuse("tags", label != null, "label");
        } else {
            require(missing, !columns.isEmpty(), "the column of the text: text 'utterance'");
            require(missing, label != null, "the column of the label: label 'intent'");
            refuse("choices", !choices.isEmpty() && columns.size() > 1, "a second text");
        }
        refuse("tags", tagged && scores != null, "scores");
        refuse("tags", tagged && metrics != null, "metrics");
        refuse("choices", !choices.isEmpty() && scores != null, "scores");
        refuse("choices", !choices.isEmpty() && metrics != null, "metrics");
        refuse("scores", scores != null && !labels.isEmpty(), "labels");
        refuse("text", columns.size() > 2, "more than two columns");
        if (!missing.isEmpty()) {
            throw new PaletteException("task '%s' lacks %s".formatted(name, String.join("; ", missing)));
        }
        SplitFiles source = files.build(name);
        if (tagged) {
            return tagsTask(source);
        }
        return choices.isEmpty() ? textsTask(source) : choicesTask(source);
    }

    private static void require(List<String> missing, boolean given, String what) {
        if (!given) {
            missing.add(what);
        }
    }

    private void refuse(String kind, boolean given, String what) {
        if (given) {
            throw new PaletteException(
                    "task '%s' has %s and cannot have %s too; take one of them out".formatted(name, kind, what));
        }
    }

    private TagsTask tagsTask(SplitFiles source) {
        String ofFormat = source.format() == TableFormat.CONLL ? "1" : "tokens";
        return new TagsTask(
                name,
                source,
                List.of(),
                Objects.requireNonNullElse(tokens, ofFormat),
                Objects.requireNonNull(tags),
                labels,
                trainExamples);
    }

    private ChoicesTask choicesTask(SplitFiles source) {
        return new ChoicesTask(
                name, source, List.of(), columns.get(0), choices, Objects.requireNonNull(label), labels, trainExamples);
    }

    private TextsTask textsTask(SplitFiles source) {
        List<PairedMetric> all = metrics != null ? metrics : defaults();
        return new TextsTask(
                name,
                source,
                List.of(),
                columns,
                Objects.requireNonNull(label),
                scores != null ? scores : new Target.Classification(labels),
                of(LabelMetric.class, all),
                of(InlineMetric.class, all),
                trainExamples);
    }

    private List<PairedMetric> defaults() {
        return scores == null ? List.of(LabelMetric.ACCURACY) : List.of(LabelMetric.PEARSON, LabelMetric.SPEARMAN);
    }

    private static <T> List<T> of(Class<T> kind, List<? extends PairedMetric> all) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
