package dev.palette.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A task in one of GLUE's file layouts: GLUE's own, or somebody's data laid out alike
 * ({@code glue.cola { name 'acceptability'; directory 'acceptability' }}).
 *
 * @param layout columns, labels and metrics
 * @param name unique in an experiment
 * @param directory its folder in the data directory
 * @param trainExamples how many of the training examples are trained on; null for all
 * @see "Wang et al. 2019, GLUE (arXiv:1804.07461)"
 */
public record GlueTask(
        GlueLayout layout,
        String name,
        String directory,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements TextTask {
    /** Checks the name. */
    public GlueTask {
        TaskName.check(name);
        Limits.check(GlueTask.class, layout, name, directory, trainExamples);
    }

    /** The task, all of whose training examples are trained on. */
    public GlueTask(GlueLayout layout, String name, String directory) {
        this(layout, name, directory, null);
    }

    @Override
    public int texts() {
        return layout.texts();
    }

    /** {@code glue.cola} for CoLA's layout: ten words make this one record. */
    @Override
    public String word() {
        return "glue." + layout.word();
    }

    @Override
    public Target target() {
        return layout.target();
    }

    @Override
    public List<LabelMetric> metrics() {
        return layout.metrics();
    }

    @Override
    public List<Evaluation> evaluations() {
        List<Evaluation> evaluations = new ArrayList<>();
        if (layout.files().containsKey(Split.DEV)) {
            evaluations.add(new Evaluation(name, Split.DEV));
        }
        if (layout.files().containsKey(Split.DEV_MISMATCHED)) {
            evaluations.add(new Evaluation(name + "-mm", Split.DEV_MISMATCHED));
        }
        return List.copyOf(evaluations);
    }

    /** GLUE's, where the data lie in GLUE's own folder; QNLI was replaced by a second version in 2019. */
    @Override
    public Optional<String> version() {
        return directory.equals(layout.directory())
                ? Optional.of(layout == GlueLayout.QNLI ? "GLUE v2" : "GLUE v1")
                : Optional.empty();
    }

    @Override
    public OptionalInt officialExamples() {
        return version().isPresent() ? layout.officialExamples() : OptionalInt.empty();
    }

    /** GLUE's diagnostic set, for MNLI: the two have the same classes. */
    @Override
    public List<Task> probes() {
        return layout == GlueLayout.MNLI ? List.of(GlueTasks.of(GlueLayout.AX)) : List.of();
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        Map<Split, Path> files = new EnumMap<>(Split.class);
        layout.files()
                .forEach((split, tsv) ->
                        files.put(split, dataDirectory.resolve(directory).resolve(tsv.file())));
        return files;
    }

    @Override
    public LabelledTexts read(Split split, Path dataDirectory) {
        TsvLayout tsv = layout.files().get(split);
        if (tsv == null) {
            throw noSuchSplit(split);
        }
        return tsv.read(DataFolder.file(dataDirectory, directory, tsv.file()), target(), metrics());
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        return Optional.ofNullable(layout.files().get(split))
                .map(tsv -> new TextForm(tsv.toString(), target(), metrics(), 1));
    }

    private PaletteException noSuchSplit(Split split) {
        List<String> present =
                layout.files().keySet().stream().map(Split::label).toList();
        String remedy = testOnly() ? "; it tests a model trained on other tasks, leave it out of what is trained" : "";
        return new PaletteException("task '%s' has no %s split, only %s%s"
                .formatted(name, split.label(), String.join(", ", present), remedy));
    }

    /** Options of every GLUE word. */
    public static final class Options implements Block<GlueTask> {
        private final GlueLayout layout;
        private String name;
        private String directory;
        private @Nullable Integer trainExamples;

        /** The task as GLUE has it. */
        public Options(GlueLayout layout) {
            this.layout = layout;
            this.name = layout.word();
            this.directory = layout.directory();
        }

        /** What heads, columns and folders are called; {@code cola} for {@code glue.cola} by default. */
        public Options name(String value) {
            name = value;
            return this;
        }

        /** The folder in the data directory; GLUE's own by default. */
        public Options directory(String value) {
            directory = value;
            return this;
        }

        /** Train on so many of the training examples, in proportion to their classes; all by default. Each seed draws its own. */
        public Options trainExamples(int value) {
            trainExamples = value;
            return this;
        }

        @Override
        public GlueTask build() {
            return new GlueTask(layout, name, directory, trainExamples);
        }
    }
}
