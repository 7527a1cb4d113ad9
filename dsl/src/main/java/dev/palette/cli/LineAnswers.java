package dev.palette.cli;

import dev.palette.inference.TrainedTask;
import dev.palette.spec.PaletteException;
import dev.palette.task.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Answers about lines as they come: many at once from a file, each by itself from a person who types. */
final class LineAnswers {
    private static final int MOST_AT_ONCE = 256;

    private final TrainedTask task;
    private int answered;

    LineAnswers(TrainedTask task) {
        this.task = task;
    }

    /**
     * Reads to the end.
     *
     * @throws PaletteException when a line has more or fewer texts than the task is asked about; those before it are answered
     */
    void answer(Reader lines, PrintWriter out) {
        try (BufferedReader reader = new BufferedReader(lines)) {
            List<List<String>> waiting = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                waiting.add(List.of(line.split("\t", -1)));
                if (waiting.size() == MOST_AT_ONCE || !reader.ready()) {
                    print(waiting, out);
                    waiting.clear();
                }
            }
            print(waiting, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read standard input", e);
        }
    }

    private void print(List<List<String>> texts, PrintWriter out) {
        try {
            task.predictAll(texts).forEach(answer -> out.println(line(answer)));
        } catch (PaletteException e) {
            throw new PaletteException(
                    "standard input, one of lines %d to %d: %s; a tab stands between two texts"
                            .formatted(answered + 1, answered + texts.size(), e.getMessage()),
                    e);
        }
        answered += texts.size();
        out.flush();
    }

    private static String line(Prediction answer) {
        Double probability = answer.probabilities().get(answer.text());
        return probability == null ? answer.text() : answer.text() + String.format(Locale.ROOT, "\t%.4f", probability);
    }
}
