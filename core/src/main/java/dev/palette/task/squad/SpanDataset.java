package dev.palette.task.squad;

import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.Metric;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.task.Sequences;
import dev.palette.text.WordPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Questions as the model reads them: windows, question after question. */
final class SpanDataset implements Dataset {
    private final List<Question> questions;
    private final List<Window> windows;
    private final Sequences sequences;
    private final AnswerSearch search;

    SpanDataset(Questions questions, List<Window> windows, WordPiece wordPiece) {
        this.questions = questions.list();
        this.windows = windows;
        this.sequences = new Sequences(windows.stream().map(Window::sequence).toList(), wordPiece);
        this.search = new AnswerSearch(questions.task(), wordPiece);
    }

    List<Window> windows() {
        return windows;
    }

    @Override
    public int[] lengths() {
        return sequences.lengths();
    }

    @Override
    public Batch batch(int[] indices) {
        float[] positions = new float[2 * indices.length];
        for (int row = 0; row < indices.length; row++) {
            Run answer = windows.get(indices[row]).answer();
            positions[2 * row] = answer.first();
            positions[2 * row + 1] = answer.last();
        }
        return sequences.batch(indices, positions);
    }

    @Override
    public Scores scores(Outputs outputs) {
        List<List<Candidate>> candidates = candidates(outputs);
        Map<Metric, Double> values = new LinkedHashMap<>();
        for (AnswerMetric metric : AnswerMetric.values()) {
            double sum = 0;
            for (int i = 0; i < questions.size(); i++) {
                List<String> truths =
                        questions.get(i).answers().stream().map(Answer::text).toList();
                sum += metric.of(candidates.get(i).get(0).text(), truths);
            }
            values.put(metric, sum / questions.size());
        }
        return new Scores(values);
    }

    /**
     * Two files as the original writes them: {@code .json}, the answer to each question by its id, and {@code -nbest.json}, the
     * likeliest answers to each with their probabilities and logits.
     */
    @Override
    public Map<String, String> predictions(Outputs outputs) {
        AnswerFiles files = new AnswerFiles();
        List<List<Candidate>> candidates = candidates(outputs);
        for (int i = 0; i < questions.size(); i++) {
            files.add(questions.get(i).id(), candidates.get(i));
        }
        return Map.of(".json", files.answers(), "-nbest.json", files.nBest());
    }

    /** The likeliest answers to each question, the best first. */
    List<List<Candidate>> candidates(Outputs outputs) {
        List<List<Candidate>> candidates = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < questions.size(); i++) {
            int to = from;
            while (to < windows.size() && windows.get(to).question() == i) {
                to++;
            }
            candidates.add(search.best(
                    questions.get(i), windows.subList(from, to), outputs.rows().subList(from, to)));
            from = to;
        }
        return candidates;
    }
}
