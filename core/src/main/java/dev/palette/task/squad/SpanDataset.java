package dev.palette.task.squad;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.DatasetArrays;
import dev.palette.task.Metric;
import dev.palette.task.Outputs;
import dev.palette.task.Prediction;
import dev.palette.task.Scores;
import dev.palette.task.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Questions as the model reads them: windows, question after question. */
final class SpanDataset implements Dataset {
    private final AnswerKey key;
    private final WindowArrays all;
    private final int[] firstWindows;
    private final int[] items;
    private final int[] windows;
    private final Sequences sequences;
    private final List<String> remarks;

    /**
     * Some questions' windows.
     *
     * @param all of all questions
     * @param items the chosen questions
     */
    private SpanDataset(AnswerKey key, WindowArrays all, int[] items, List<String> remarks) {
        this.key = key;
        this.all = all;
        this.firstWindows = all.firstWindows();
        this.items = items;
        this.windows = Arrays.stream(items)
                .flatMap(question -> IntStream.range(firstWindows[question], firstWindows[question + 1]))
                .toArray();
        this.sequences = new Sequences(all.sequences(), 1).select(windows);
        this.remarks = remarks;
    }

    /** All questions' windows. */
    static SpanDataset of(AnswerKey key, WindowArrays windows, List<String> remarks) {
        return new SpanDataset(
                key, windows, IntStream.range(0, windows.questions()).toArray(), remarks);
    }

    List<Window> windows() {
        return Arrays.stream(windows).mapToObj(all::get).toList();
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public int items() {
        return items.length;
    }

    @Override
    public SpanDataset select(int[] chosen) {
        int[] questions = Arrays.stream(chosen).map(i -> items[i]).toArray();
        return new SpanDataset(key, all, questions, List.of());
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    @Override
    public Batch batch(int[] indices) {
        float[] positions = new float[2 * indices.length];
        for (int row = 0; row < indices.length; row++) {
            int window = windows[indices[row]];
            positions[2 * row] = all.answers().get(2 * window);
            positions[2 * row + 1] = all.answers().get(2 * window + 1);
        }
        return sequences.batch(indices, positions);
    }

    @Override
    public Scores scores(Outputs outputs) {
        List<List<Candidate>> candidates = candidates(outputs);
        Map<Metric, Double> values = new LinkedHashMap<>();
        for (AnswerMetric metric : AnswerMetric.values()) {
            values.put(
                    metric,
                    IntStream.range(0, items.length)
                                    .mapToDouble(i -> score(metric, i, candidates))
                                    .sum()
                            / items.length);
        }
        return new Scores(values);
    }

    private double score(AnswerMetric metric, int item, List<List<Candidate>> candidates) {
        List<String> truths =
                question(item).answers().stream().map(Answer::text).toList();
        return metric.of(candidates.get(item).get(0).text(), truths);
    }

    /**
     * Two files as the original writes them: {@code .json}, the answer to each question by its id, and {@code -nbest.json}, the
     * likeliest answers to each with their probabilities and logits. Where people's answers are known, also {@code -scores.tsv}, how
     * well each answer agrees with them.
     */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        AnswerFiles files = new AnswerFiles();
        List<List<Candidate>> candidates = candidates(outputs);
        for (int i = 0; i < items.length; i++) {
            files.add(question(i).id(), candidates.get(i));
        }
        Map<String, String> contents = new TreeMap<>(Map.of(".json", files.answers(), "-nbest.json", files.nBest()));
        if (!question(0).answers().isEmpty()) {
            contents.put("-scores.tsv", scoreTable(candidates));
        }
        return contents;
    }

    private String scoreTable(List<List<Candidate>> candidates) {
        StringBuilder table = new StringBuilder("id");
        for (AnswerMetric metric : AnswerMetric.values()) {
            table.append('\t').append(metric.label());
        }
        for (int i = 0; i < items.length; i++) {
            table.append('\n').append(question(i).id());
            for (AnswerMetric metric : AnswerMetric.values()) {
                table.append('\t').append(score(metric, i, candidates));
            }
        }
        return table.append('\n').toString();
    }

    /** The likeliest answer to each question, and the likeliest few with their probabilities. */
    @Override
    public List<Prediction> answers(Outputs outputs) {
        return candidates(outputs).stream().map(SpanDataset::answer).toList();
    }

    private static Prediction answer(List<Candidate> candidates) {
        double[] probabilities = Candidate.probabilities(candidates);
        Map<String, Double> byText = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            byText.put(candidates.get(i).text(), probabilities[i]);
        }
        return new Prediction(candidates.get(0).text(), byText);
    }

    private Question question(int item) {
        return key.questions().get(items[item]);
    }

    /** The likeliest answers to each question, the best first. */
    private List<List<Candidate>> candidates(Outputs outputs) {
        List<List<Candidate>> candidates = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < items.length; i++) {
            int first = firstWindows[items[i]];
            int end = firstWindows[items[i] + 1];
            List<Window> own = IntStream.range(first, end).mapToObj(all::get).toList();
            int to = from + own.size();
            candidates.add(key.search().best(question(i), own, outputs.rows().subList(from, to)));
            from = to;
        }
        return candidates;
    }

    @Override
    public Optional<DatasetArrays> arrays() {
        boolean whole = items.length == all.questions();
        return whole ? Optional.of(DatasetArrays.of(all.tensors(), remarks)) : Optional.empty();
    }
}
