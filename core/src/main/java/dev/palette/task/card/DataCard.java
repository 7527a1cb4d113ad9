package dev.palette.task.card;

import dev.palette.spec.PaletteException;
import dev.palette.task.Dataset;
import dev.palette.task.Evaluation;
import dev.palette.task.Examples;
import dev.palette.task.MajorityBaseline;
import dev.palette.task.Scores;
import dev.palette.task.Split;
import dev.palette.task.Task;
import dev.palette.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a task's files hold.
 *
 * @param task its name
 * @param word its word
 * @param trainExamples how many of the training examples are trained on; null for all
 * @param maxLength the longest sequence that lengths are compared with
 * @param splits those whose files there are, in the order of {@link Split}
 * @param remarks what a person should hear of how the files were read
 */
public record DataCard(
        String task,
        String word,
        @Nullable Integer trainExamples,
        int maxLength,
        List<SplitCard> splits,
        List<String> remarks) {
    /** Longer than any example, so that nothing is cut off. */
    private static final int WHOLE = 1 << 20;

    /** Copies the lists. */
    public DataCard {
        splits = List.copyOf(splits);
        remarks = List.copyOf(remarks);
    }

    /**
     * The card of a task whose files have been {@linkplain Task#readFrom looked for}.
     *
     * @param dataDirectory the folder that holds every task's folder
     * @param tokenizer counts word pieces
     * @param maxLength the longest sequence in training
     * @throws PaletteException when there is no file, or one is malformed
     */
    public static DataCard of(Task task, Path dataDirectory, Tokenizer tokenizer, int maxLength) {
        Map<Split, Examples> read = new LinkedHashMap<>();
        task.files(dataDirectory).forEach((split, file) -> {
            if (Files.isRegularFile(file)) {
                read.put(split, task.read(split, dataDirectory));
            }
        });
        if (read.isEmpty()) {
            task.read(task.testOnly() ? Split.TEST : Split.TRAIN, dataDirectory); // says which file is not there
        }
        Examples train = read.get(Split.TRAIN);
        List<SplitCard> splits = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        read.forEach((split, examples) -> {
            String file = dataDirectory
                    .relativize(task.files(dataDirectory).get(split))
                    .toString();
            splits.add(card(task, split, file, examples, train, tokenizer, maxLength));
            examples.remarks().forEach(remark -> remarks.add(split.label() + ": " + remark));
        });
        return new DataCard(task.name(), task.word(), task.trainExamples(), maxLength, splits, remarks);
    }

    private static SplitCard card(
            Task task,
            Split split,
            String file,
            Examples examples,
            @Nullable Examples train,
            Tokenizer tokenizer,
            int maxLength) {
        Dataset data = examples.encode(tokenizer, WHOLE);
        double[] lengths = IntStream.of(data.lengths()).asDoubleStream().toArray();
        long cut = IntStream.of(data.lengths())
                .filter(length -> length > maxLength)
                .count();
        boolean scored = task.evaluations().stream().map(Evaluation::split).anyMatch(split::equals);
        Optional<Scores> majority = train == null || !scored
                ? Optional.empty()
                : train.commonest().map(row -> MajorityBaseline.scores(row, data));
        Map<String, Double> byMetric = new LinkedHashMap<>();
        majority.ifPresent(scores -> scores.values().forEach((metric, value) -> byMetric.put(metric.label(), value)));
        double[] scores = examples.scores();
        return new SplitCard(
                split.label(),
                file,
                examples.size(),
                examples.labelCounts(),
                scores.length == 0 ? Optional.empty() : Optional.of(Spread.of(scores)),
                Spread.of(lengths),
                (double) cut / lengths.length,
                byMetric,
                repeated(examples),
                split == Split.TRAIN || train == null ? 0 : among(examples, train));
    }

    private static int repeated(Examples examples) {
        List<String> contents = examples.contents();
        return contents.size() - new HashSet<>(contents).size();
    }

    private static int among(Examples examples, Examples train) {
        Set<String> known = new HashSet<>(train.contents());
        return (int) examples.contents().stream().filter(known::contains).count();
    }
}
