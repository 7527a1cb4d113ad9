package dev.palette.task;

import dev.palette.spec.Block;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Required;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task of one's own in tab-separated files with a header: {@code task('intents') { tsv 'intents/*.tsv'; text 'utterance'; label
 * 'intent' }}.
 *
 * @param name unique in an experiment
 * @param files the files in the data directory; a {@code *} stands for {@code train}, {@code dev} and {@code test}
 * @param splits the splits whose files there are; empty before they are {@linkplain #readFrom looked for}
 * @param columns of the text, or of the two texts of a pair
 * @param label the column of the label
 * @param target what the labels are; classes without any are those of the training file, once it is {@linkplain #readFrom read}
 * @param measures Palette's own metrics by which it is scored, the most important first
 * @param own metrics that a script defines; they come after Palette's
 */
public record TsvTask(
        String name,
        String files,
        List<Split> splits,
        List<String> columns,
        String label,
        Target target,
        List<LabelMetric> measures,
        List<InlineMetric> own)
        implements TextTask {
    /** The word of every such task, in a trial's JSON. */
    public static final String WORD = "tsv";

    private static final List<Split> READ = List.of(Split.TRAIN, Split.DEV, Split.TEST);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Checks the name and copies the lists. */
    public TsvTask {
        TaskName.check(name);
        splits = List.copyOf(splits);
        columns = List.copyOf(columns);
        measures = List.copyOf(measures);
        own = List.copyOf(own);
    }

    /** A task configured by a block: {@code TsvTask.of("intents", t -> t.tsv("intents/*.tsv").text("utterance").label("intent"))}. */
    public static TsvTask of(String name, Consumer<Options> configure) {
        Options options = new Options(name);
        configure.accept(options);
        return options.build();
    }

    /**
     * The task with the splits whose files there are, and with the classes that the training file has where none were given, in
     * alphabetical order.
     *
     * @throws PaletteException when there is no training or no dev file, or one lacks a column
     */
    @Override
    public TsvTask readFrom(@Nullable Path dataDirectory) {
        if (!splits.isEmpty()) {
            return this;
        } else if (dataDirectory == null) {
            throw new PaletteException(
                    "task '%s' is in the data directory, and none is set; write dataDir 'data' in the experiment, or give --set data.dir=<folder>"
                            .formatted(name));
        }
        List<Split> present = READ.stream()
                .filter(split -> split != Split.TEST || Files.isRegularFile(file(split, dataDirectory)))
                .toList();
        for (Split split : present) {
            layout(split, dataDirectory); // whose columns are checked
        }
        TsvTask found = new TsvTask(name, files, present, columns, label, target, measures, own);
        return target instanceof Target.Classification classes
                        && classes.labels().isEmpty()
                ? found.with(new Target.Classification(labels(dataDirectory)))
                : found;
    }

    private TsvTask with(Target other) {
        return new TsvTask(name, files, splits, columns, label, other, measures, own);
    }

    @Override
    public String word() {
        return WORD;
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
    public List<Evaluation> evaluations() {
        return List.of(new Evaluation(name, Split.DEV));
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        Map<Split, Path> all = new EnumMap<>(Split.class);
        splits.forEach(split -> all.put(split, dataDirectory.resolve(fileName(split))));
        return all;
    }

    @Override
    public LabelledTexts read(Split split, Path dataDirectory) {
        requireSplit(split);
        return new TsvReader(file(split, dataDirectory), layout(split, dataDirectory), target, metrics()).read();
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        return splits.contains(split)
                ? Optional.of(new TextForm(layout(split, dataDirectory), target, metrics()))
                : Optional.empty();
    }

    private void requireSplit(Split split) {
        if (!splits.contains(split)) {
            throw new PaletteException("task '%s' has no %s split, only %s"
                    .formatted(
                            name,
                            split.label(),
                            String.join(", ", splits.stream().map(Split::label).toList())));
        }
    }

    private String fileName(Split split) {
        return files.replace("*", split.label());
    }

    private Path file(Split split, Path dataDirectory) {
        Path path = Path.of(fileName(split));
        Path folder = path.getParent();
        return split == Split.TEST
                ? dataDirectory.resolve(path)
                : DataFolder.file(
                        dataDirectory,
                        folder == null ? "" : folder.toString(),
                        path.getFileName().toString());
    }

    /** The columns of a file as its header has them; a test file need not have the label. */
    private TsvLayout layout(Split split, Path dataDirectory) {
        Path file = file(split, dataDirectory);
        List<String> header = header(file);
        List<String> wanted = new ArrayList<>(columns);
        if (split != Split.TEST) {
            wanted.add(label);
        }
        for (String column : wanted) {
            if (!header.contains(column)) {
                throw new PaletteException("%s:1: %s"
                        .formatted(
                                file,
                                NearestWord.unknown("column", column, header).getMessage()));
            }
        }
        return new TsvLayout(
                fileName(split),
                true,
                header,
                columns.get(0),
                columns.size() > 1 ? columns.get(1) : null,
                header.contains(label) ? label : null,
                false);
    }

    private static List<String> header(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = Objects.requireNonNullElse(reader.readLine(), "");
            return List.of((line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line).split("\t", -1));
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s; it must be UTF-8 text".formatted(file, e), e);
        }
    }

    private List<String> labels(Path dataDirectory) {
        TsvLayout layout = layout(Split.TRAIN, dataDirectory);
        int column = layout.position(label);
        try (Stream<String> lines = Files.lines(file(Split.TRAIN, dataDirectory))) {
            List<String> labels = List.copyOf(lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields.length > column) // the reader complains of the others
                    .map(fields -> fields[column])
                    .collect(Collectors.toCollection(TreeSet::new)));
            if (labels.size() < 2) {
                throw new PaletteException("%s: column '%s' has %s, expected two labels or more to tell apart"
                        .formatted(
                                file(Split.TRAIN, dataDirectory),
                                label,
                                labels.isEmpty() ? "no labels" : "the label '" + labels.get(0) + "' alone"));
            }
            return labels;
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file(Split.TRAIN, dataDirectory), e), e);
        }
    }

    /** Options of {@code task('name')}. */
    public static final class Options implements Block<TsvTask> {
        private final String name;
        private @Nullable String files;
        private List<String> columns = List.of();
        private @Nullable String label;
        private Target target = new Target.Classification(List.of());
        private @Nullable List<LabelMetric> measures;
        private List<InlineMetric> own = List.of();

        /** A task of a name. */
        public Options(String name) {
            this.name = name;
        }

        /** The files in the data directory: {@code tsv 'intents/*.tsv'}; the star stands for train, dev and test. Must be given. */
        @Required("tsv 'intents/*.tsv'")
        public Options tsv(String pattern) {
            files = pattern;
            return this;
        }

        /** The column of the text, or the two columns of a pair: {@code text 'question', 'answer'}. Must be given. */
        @Required("text 'utterance'")
        public Options text(Collection<String> names) {
            columns = List.copyOf(names);
            return this;
        }

        /** The column of the text, or the two columns of a pair. */
        public Options text(String... names) {
            return text(List.of(names));
        }

        /** The column of the label. Must be given. */
        @Required("label 'intent'")
        public Options label(String column) {
            label = column;
            return this;
        }

        /** The classes, in the order that metrics count them from 0; those of the training file in alphabetical order by default. */
        public Options labels(Collection<String> classes) {
            target = new Target.Classification(List.copyOf(new LinkedHashSet<>(classes)));
            return this;
        }

        /** The classes, in order. */
        public Options labels(String... classes) {
            return labels(List.of(classes));
        }

        /** The lowest and the highest score, where the label is a number to be estimated: {@code scores 0, 5}. */
        public Options scores(Collection<Double> lowAndHigh) {
            List<Double> both = List.copyOf(lowAndHigh);
            if (both.size() != 2 || !(both.get(0) < both.get(1))) {
                throw new PaletteException(
                        "scores is %s, expected the lowest and the highest: scores 0, 5".formatted(both));
            }
            target = new Target.Regression(both.get(0), both.get(1));
            return this;
        }

        /** The metrics, the most important first; accuracy by default, and Pearson's and Spearman's correlation for scores. */
        public Options metrics(Collection<? extends PairedMetric> values) {
            measures = values.stream()
                    .filter(LabelMetric.class::isInstance)
                    .map(LabelMetric.class::cast)
                    .toList();
            own = values.stream()
                    .filter(InlineMetric.class::isInstance)
                    .map(InlineMetric.class::cast)
                    .toList();
            return this;
        }

        /** The metrics, the most important first; those that a script defines come after Palette's. */
        public Options metrics(PairedMetric... values) {
            return metrics(List.of(values));
        }

        @Override
        public TsvTask build() {
            if (files == null || label == null || columns.isEmpty() || columns.size() > 2) {
                throw new PaletteException(
                        "task '%s' needs its files, one column of texts or two, and the column of the label: tsv 'intents/*.tsv'; text 'utterance'; label 'intent'"
                                .formatted(name));
            } else if (!files.contains("*")) {
                throw new PaletteException(
                        "task '%s' has the files '%s', expected a '*' that stands for train, dev and test, as in 'intents/*.tsv'"
                                .formatted(name, files));
            }
            return new TsvTask(name, files, List.of(), columns, label, target, measured(), own);
        }

        private List<LabelMetric> measured() {
            if (measures != null) {
                return measures;
            }
            return target instanceof Target.Regression
                    ? List.of(LabelMetric.PEARSON, LabelMetric.SPEARMAN)
                    : List.of(LabelMetric.ACCURACY);
        }
    }
}
