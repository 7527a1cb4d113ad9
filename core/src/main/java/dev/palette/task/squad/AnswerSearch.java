package dev.palette.task.squad;

import dev.palette.text.BasicTokenizer;
import dev.palette.text.Vocabulary;
import dev.palette.text.WhiteSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes of what a model says of a question's windows its likeliest answers: spans whose start and end are both among the
 * likeliest of their window, that begin before they end, within the passage, not too long; each in the window that shows the
 * most around it. Padding takes no place among the likeliest; in the original, which pads to the longest length allowed, it may.
 */
final class AnswerSearch {
    private final int nBest;
    private final int maxLength;
    private final List<String> pieces;
    private final AnswerText answerText;

    /**
     * A search by a task's options.
     *
     * @param vocabulary of the tokenizer that made the windows
     */
    AnswerSearch(Squad task, Vocabulary vocabulary) {
        this.nBest = task.nBest();
        this.maxLength = task.maxAnswerLength();
        this.pieces = vocabulary.pieces();
        this.answerText = new AnswerText(new BasicTokenizer(vocabulary.lowerCase()));
    }

    /** A span of one window's positions. */
    private record Span(Window window, int start, int end, double startLogit, double endLogit) {
        double score() {
            return startLogit + endLogit;
        }
    }

    /**
     * The likeliest answers, the best first, no two of one text; at least one.
     *
     * @param windows all of the question's
     * @param outputs what the model says of each: for each position start and end, (T, 2) row after row
     */
    List<Candidate> best(Question question, List<Window> windows, List<float[]> outputs) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            addSpans(windows.get(i), outputs.get(i), spans);
        }
        spans.sort(Comparator.comparingDouble(Span::score).reversed()); // stable, as the order of equals matters
        Map<String, Candidate> best = new LinkedHashMap<>();
        for (Span span : spans) {
            if (best.size() >= nBest) {
                break;
            }
            String text = text(question, span);
            best.putIfAbsent(text, new Candidate(text, span.startLogit(), span.endLogit()));
        }
        return best.isEmpty() ? List.of(Candidate.NONE) : List.copyOf(best.values());
    }

    private void addSpans(Window window, float[] outputs, List<Span> spans) {
        int[] ends = likeliest(outputs, 1);
        for (int start : likeliest(outputs, 0)) {
            if (!window.isPassage(start) || !window.hasMostContext(start)) {
                continue;
            }
            for (int end : ends) {
                if (window.isPassage(end) && end >= start && end - start < maxLength) {
                    spans.add(new Span(window, start, end, outputs[2 * start], outputs[2 * end + 1]));
                }
            }
        }
    }

    /** The positions of the largest values of one column of (T, 2), the largest first, the earlier of equals first. */
    private int[] likeliest(float[] outputs, int column) {
        return IntStream.range(0, outputs.length / 2)
                .boxed()
                .sorted(Comparator.comparingDouble(position -> -outputs[2 * position + column]))
                .limit(nBest)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private String text(Question question, Span span) {
        StringBuilder joined = new StringBuilder();
        for (int position = span.start(); position <= span.end(); position++) {
            joined.append(' ').append(pieces.get(span.window().sequence().inputIds()[position]));
        }
        String words = joined.substring(1).replace(" ##", "").replace("##", "");
        Run original = new Run(span.window().word(span.start()), span.window().word(span.end()));
        return answerText.of(
                String.join(" ", WhiteSpace.split(words)), question.passage().text(original));
    }
}
