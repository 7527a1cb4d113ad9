package dev.palette.task.squad;

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
import dev.palette.task.Task;
import dev.palette.task.TaskName;
import dev.palette.task.squad.SquadFile.Answered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SQuAD v1.1: {@code squad.v11 { devQuestions 1_000 }}.
 *
 * @param name unique in an experiment
 * @param directory its folder in the data directory; files that lie in the data directory itself are found too
 * @param trainFile the training questions
 * @param devFile the questions that are reported
 * @param testFile questions without answers, which can be predicted and not scored
 * @param trainQuestions the first questions of the file that are trained on; 0 for all
 * @param devQuestions the first questions of the file that are reported; 0 for all
 * @param docStride word pieces from the start of one window on a passage to the start of the next
 * @param maxQueryLength the longest question in word pieces; longer ones lose their end
 * @param nBest starts and ends of a window, and answers of a question, that are kept
 * @param maxAnswerLength the longest answer in word pieces
 * @param emptyWindows train on windows without the answer too, which then is [CLS]
 * @param windowsByWords the original's choice of windows to train on, which compares places of words with places of word pieces
 * @param trainExamples how many of the training questions are trained on, drawn by the seed; null for all
 * @see "Rajpurkar et al. 2016, SQuAD (arXiv:1606.05250)"
 */
public record Squad(
        String name,
        String directory,
        String trainFile,
        String devFile,
        String testFile,
        @Limit(least = 0) int trainQuestions,
        @Limit(least = 0) int devQuestions,
        @Limit(least = 1) int docStride,
        @Limit(least = 1) int maxQueryLength,
        @Limit(least = 1) int nBest,
        @Limit(least = 1) int maxAnswerLength,
        boolean emptyWindows,
        boolean windowsByWords,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Limit(least = 1) @Nullable
        Integer trainExamples)
        implements Task {

    /** Checks name and ranges. */
    public Squad {
        TaskName.check(name);
        Limits.check(
                Squad.class,
                name,
                directory,
                trainFile,
                devFile,
                testFile,
                trainQuestions,
                devQuestions,
                docStride,
                maxQueryLength,
                nBest,
                maxAnswerLength,
                emptyWindows,
                windowsByWords,
                trainExamples);
    }

    /** {@code squad.v11}: version 2.0 has questions without an answer and other metrics. */
    @Override
    public String word() {
        return "squad.v11";
    }

    /** A start and an end at every position. */
    @Override
    public Head head() {
        return new Head.Token(2);
    }

    @Override
    public Loss loss() {
        return Loss.SPAN;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(AnswerMetric.values());
    }

    @Override
    public List<Evaluation> evaluations() {
        return List.of(new Evaluation(name, Split.DEV));
    }

    /** SQuAD's, where all of its questions are reported. */
    @Override
    public Optional<String> version() {
        return devQuestions == 0 ? Optional.of("SQuAD v1.1") : Optional.empty();
    }

    @Override
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(Task.super.remarks());
        if (devQuestions > 0) {
            remarks.add("%s: on the first %,d questions of %s alone.".formatted(name, devQuestions, devFile));
        }
        return remarks;
    }

    @Override
    public Map<Split, Path> files(Path dataDirectory) {
        Map<Split, Path> files = new EnumMap<>(Split.class);
        fileNames().forEach((split, file) -> files.put(split, place(dataDirectory, file)));
        return files;
    }

    private Map<Split, String> fileNames() {
        return Map.of(Split.TRAIN, trainFile, Split.DEV, devFile, Split.TEST, testFile);
    }

    /** In the task's folder or beside it. */
    private Path place(Path dataDirectory, String file) {
        Path inFolder = dataDirectory.resolve(directory).resolve(file);
        Path beside = dataDirectory.resolve(file);
        return !Files.exists(inFolder) && Files.exists(beside) ? beside : inFolder;
    }

    @Override
    public Examples read(Split split, Path dataDirectory) {
        return questions(split, dataDirectory);
    }

    private Questions questions(Split split, Path dataDirectory) {
        String name = fileNames().get(split);
        if (name == null) {
            throw new PaletteException(
                    "task '%s' has no %s split, only train, dev, test".formatted(name(), split.label()));
        }
        Path file = place(dataDirectory, name);
        Path existing = Files.exists(file) ? file : DataFolder.file(dataDirectory, directory, name);
        return switch (split) {
            case TRAIN ->
                Questions.toTrain(this, existing, new SquadFile(existing, Answered.ONCE).read(trainQuestions));
            case DEV -> new Questions(this, new SquadFile(existing, Answered.SOMETIMES).read(devQuestions), List.of());
            default -> new Questions(this, new SquadFile(existing, Answered.PERHAPS).read(0), List.of());
        };
    }

    /** Pairs of a question and the passage that answers it. */
    @Override
    public Examples asked(List<List<String>> texts) {
        List<Question> questions = new ArrayList<>();
        for (List<String> each : texts) {
            if (each.size() != 2 || each.get(1).isBlank()) {
                throw new PaletteException(
                        "task '%s' is asked about pairs of a question and the passage that answers it, and was given %d texts%s"
                                .formatted(name, each.size(), each.size() == 2 ? ", the second of them empty" : ""));
            }
            String id = Integer.toString(questions.size());
            questions.add(new Question(id, each.get(0), Passage.of(each.get(1)), List.of()));
        }
        return new Questions(this, questions, List.of());
    }

    @Override
    public Optional<DatasetForm> form(Split split, Path dataDirectory) {
        return Optional.of(form("predict", split, dataDirectory));
    }

    @Override
    public Optional<DatasetForm> formToTrain(Path dataDirectory) {
        return Optional.of(form("train", Split.TRAIN, dataDirectory));
    }

    private DatasetForm form(String purpose, Split split, Path dataDirectory) {
        return new SpanForm(withAllExamples(), purpose + " " + split.label(), () -> questions(split, dataDirectory));
    }

    /** What is tokenised does not hang on how much of it is trained on. */
    private Squad withAllExamples() {
        return trainExamples == null
                ? this
                : new Squad(
                        name,
                        directory,
                        trainFile,
                        devFile,
                        testFile,
                        trainQuestions,
                        devQuestions,
                        docStride,
                        maxQueryLength,
                        nBest,
                        maxAnswerLength,
                        emptyWindows,
                        windowsByWords,
                        null);
    }

    /** The task with options, beginning from the defaults. */
    public static Squad of(Consumer<Options> configure) {
        return Block.filled(new Options(), configure);
    }

    /** Options of {@code squad.v11}; the defaults are the original's. */
    public static final class Options implements Block<Squad> {
        private String name = "squad";
        private String directory = "squad";
        private String trainFile = "train-v1.1.json";
        private String devFile = "dev-v1.1.json";
        private String testFile = "test-v1.1.json";
        private int trainQuestions;
        private int devQuestions;
        private int docStride = 128;
        private int maxQueryLength = 64;
        private int nBest = 20;
        private int maxAnswerLength = 30;
        private boolean emptyWindows;
        private boolean windowsByWords;
        private @Nullable Integer trainExamples;

        /** What head, column and files are called; {@code squad} by default. */
        public Options name(String value) {
            name = value;
            return this;
        }

        /** The folder in the data directory; {@code squad} by default. Files in the data directory itself are found too. */
        public Options directory(String value) {
            directory = value;
            return this;
        }

        /** The training questions; {@code train-v1.1.json} by default. */
        public Options trainFile(String value) {
            trainFile = value;
            return this;
        }

        /** The questions that are reported; {@code dev-v1.1.json} by default. */
        public Options devFile(String value) {
            devFile = value;
            return this;
        }

        /** Questions that are predicted and need no answers; {@code test-v1.1.json} by default. */
        public Options testFile(String value) {
            testFile = value;
            return this;
        }

        /** Train on the first questions alone; 0, the default, for all. */
        public Options trainQuestions(int value) {
            trainQuestions = value;
            return this;
        }

        /** Report on the first questions alone; 0, the default, for all. Tables say so. */
        public Options devQuestions(int value) {
            devQuestions = value;
            return this;
        }

        /** Word pieces from the start of one window to the start of the next; 128 by default. */
        public Options docStride(int value) {
            docStride = value;
            return this;
        }

        /** The longest question in word pieces; 64 by default. */
        public Options maxQueryLength(int value) {
            maxQueryLength = value;
            return this;
        }

        /** Starts and ends of a window, and answers of a question, that are kept; 20 by default. */
        public Options nBest(int value) {
            nBest = value;
            return this;
        }

        /** The longest answer in word pieces; 30 by default. */
        public Options maxAnswerLength(int value) {
            maxAnswerLength = value;
            return this;
        }

        /** Train on windows without the answer too, with [CLS] for it; false by default: they teach nothing. */
        public Options emptyWindows(boolean value) {
            emptyWindows = value;
            return this;
        }

        /**
         * The original's mistake in choosing windows to train on: it compares places of words with places of word pieces, so
         * that some windows with the answer are left out and some without it, whose answer lies outside, are kept. False by default.
         */
        public Options windowsByWords(boolean value) {
            windowsByWords = value;
            return this;
        }

        /** Train on so many of the training questions; all by default. Each seed draws its own. */
        public Options trainExamples(int value) {
            trainExamples = value;
            return this;
        }

        @Override
        public Squad build() {
            return new Squad(
                    name,
                    directory,
                    trainFile,
                    devFile,
                    testFile,
                    trainQuestions,
                    devQuestions,
                    docStride,
                    maxQueryLength,
                    nBest,
                    maxAnswerLength,
                    emptyWindows,
                    windowsByWords,
                    trainExamples);
        }
    }
}
