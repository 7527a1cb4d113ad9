package dev.palette.task.superglue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palette.spec.Block;
import dev.palette.spec.Limit;
import dev.palette.spec.Limits;
import dev.palette.spec.PaletteException;
import dev.palette.task.DataFolder;
import dev.palette.task.DatasetForm;
import dev.palette.task.Evaluation;
import dev.palette.task.Examples;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Metric;
import dev.palette.task.Split;
import dev.palette.task.Target;
import dev.palette.task.Task;
import dev.palette.task.TaskName;
import dev.palette.task.TextForm;
import dev.palette.task.rows.Table;
import dev.palette.task.rows.TableFormat;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task of SuperGLUE: {@code superglue.boolq}.
 *
 * @param layout which
 * @param name unique in an experiment
 * @param directory its folder in the data directory
 * @param trainExamples how many of the training examples, of MultiRC's and ReCoRD's questions, are trained on; null for all
 * @see "Wang et al. 2019, SuperGLUE (arXiv:1905.00537)"
 */
public record SuperGlueTask(
        SuperGlueLayout layout,
        String name,
        String directory,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements Task {
    private static final Map<Split, String> FILES =
            Map.of(Split.TRAIN, "train.jsonl", Split.DEV, "val.jsonl", Split.TEST, "test.jsonl");

    /** Checks the name. */
    public SuperGlueTask {
        TaskName.check(name);
        Limits.check(SuperGlueTask.class, layout, name, directory, trainExamples);
    }

    /** {@code superglue.boolq} for BoolQ's layout: eight words make this one record. */
    @Override
    public String word() {
        return "superglue." + layout.word();
    }

    @Override
    public Head head() {
        return layout.head();
    }

    @Override
    public Loss loss() {
        return Loss.CROSS_ENTROPY;
    }

    @Override
    public List<? extends Metric> metrics() {
        return layout.metrics();
    }

    @Override
    public List<Evaluation> evaluations() {
        return List.of(new Evaluation(name, Split.DEV));
    }

    /** SuperGLUE's, where the data lie in its own folder. */
    @Override
    public Optional<String> version() {
        return directory.equals(layout.directory()) ? Optional.of("SuperGLUE v2.0") : Optional.empty();
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        Map<Split, Path> files = new EnumMap<>(Split.class);
        FILES.forEach((split, file) ->
                files.put(split, dataDirectory.resolve(directory).resolve(file)));
        return files;
    }

    @Override
    public Examples read(Split split, Path dataDirectory) {
        return layout.read(table(split, dataDirectory));
    }

    private Table table(Split split, Path dataDirectory) {
        String file = FILES.get(split);
        if (file == null) {
            throw new PaletteException(
                    "task '%s' has no %s split, only train, dev, test".formatted(name, split.label()));
        }
        return TableFormat.JSON_LINES.open(DataFolder.file(dataDirectory, directory, file));
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        if (!FILES.containsKey(split)) {
            return Optional.empty();
        } else if (layout.hasCandidates()) {
            return Optional.of(new CandidateForm(
                    layout, layout.judging(), () -> ((CandidateQuestions) read(split, dataDirectory)).list()));
        }
        int perExample = head() instanceof Head.Choice choice ? choice.choices() : 1;
        Target target = new Target.Classification(layout.labels());
        return Optional.of(new TextForm(word(), target, layout.paired(), perExample));
    }

    /** Options of every word of SuperGLUE. */
    public static final class Options implements Block<SuperGlueTask> {
        private final SuperGlueLayout layout;
        private String name;
        private String directory;
        private @Nullable Integer trainExamples;

        /** The task as SuperGLUE has it. */
        public Options(SuperGlueLayout layout) {
            this.layout = layout;
            this.name = layout.word();
            this.directory = layout.directory();
        }

        /** What heads, columns and folders are called; {@code boolq} for {@code superglue.boolq} by default. */
        public Options name(String value) {
            name = value;
            return this;
        }

        /** The folder in the data directory; SuperGLUE's own by default. */
        public Options directory(String value) {
            directory = value;
            return this;
        }

        /**
         * Train on so many of the training examples, of MultiRC's and ReCoRD's questions, in proportion to their classes; all by default. Each
         * seed draws its own.
         */
        public Options trainExamples(int value) {
            trainExamples = value;
            return this;
        }

        @Override
        public SuperGlueTask build() {
            return new SuperGlueTask(layout, name, directory, trainExamples);
        }
    }
}
