package dev.palette.task.squad;

import dev.palette.spec.PaletteException;
import dev.palette.text.Features;
import dev.palette.text.WordPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts passages into windows that fit the encoder and overlap, so that what is at the edge of one is in the middle of another
 * (Devlin et al. 2019's code for SQuAD).
 */
final class Windows {
    private static final Run CLS = new Run(0, 0);
    private static final int SPECIAL_TOKENS = 3;

    private final Squad task;
    private final WordPiece wordPiece;
    private final int maxLength;
    private @Nullable Passage newest;
    private PassagePieces pieces = new PassagePieces(new int[0], new int[0], new int[0]);

    Windows(Squad task, WordPiece wordPiece, int maxLength) {
        this.task = task;
        this.wordPiece = wordPiece;
        this.maxLength = maxLength;
    }

    /** All windows of all questions, question by question. */
    List<Window> toPredict(List<Question> questions) {
        List<Window> all = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            int[] asked = asked(questions.get(i));
            List<Run> parts = parts(questions.get(i), asked);
            for (Run part : parts) {
                all.add(window(i, asked, parts, part, CLS));
            }
        }
        return all;
    }

    /**
     * The windows to train on: those that hold the answer, and the others too if the task says so.
     *
     * @param questions with one answer each, to be found in their passages
     */
    List<Window> toTrain(List<Question> questions) {
        List<Window> all = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            int[] asked = asked(question);
            List<Run> parts = parts(question, asked);
            Answer answer = question.answers().get(0);
            Run words = question.passage().find(answer).orElseThrow();
            Run found = pieces.locate(words, wordPiece.ids(answer.text()));
            for (Run part : parts) {
                Optional<Run> target = target(part, asked.length + 2, words, found);
                if (target.isPresent()) {
                    all.add(window(i, asked, parts, part, target.get()));
                }
            }
        }
        return all;
    }

    /** Where training wants the answer in a window; empty if it leaves the window out. */
    private Optional<Run> target(Run part, int offset, Run words, Run found) {
        Run compared = task.windowsByWords() ? words : found;
        boolean holds = compared.first() >= part.first() && compared.last() <= part.last();
        if (holds) {
            int shift = offset - part.first();
            return Optional.of(new Run(found.first() + shift, found.last() + shift));
        }
        return task.emptyWindows() ? Optional.of(CLS) : Optional.empty();
    }

    /** The question's pieces, cut to what the task allows. */
    private int[] asked(Question question) {
        int[] ids = wordPiece.ids(question.text());
        return ids.length > task.maxQueryLength() ? Arrays.copyOf(ids, task.maxQueryLength()) : ids;
    }

    /** The parts of the passage, as runs of its pieces. */
    private List<Run> parts(Question question, int[] asked) {
        int room = maxLength - asked.length - SPECIAL_TOKENS;
        if (room < 1) {
            throw new PaletteException(
                    "maxLength %d leaves no room for a passage beside the %d word pieces of question %s; give a longer maxLength or a shorter maxQueryLength"
                            .formatted(maxLength, asked.length, question.id()));
        }
        if (!question.passage().equals(newest)) { // questions of one passage come one after the other
            newest = question.passage();
            pieces = PassagePieces.of(question.passage(), wordPiece);
        }
        int n = pieces.ids().length;
        List<Run> parts = new ArrayList<>();
        for (int start = 0; start < n; start += Math.min(room, task.docStride())) {
            int end = Math.min(n, start + room);
            parts.add(new Run(start, end - 1));
            if (end == n) {
                break;
            }
        }
        return parts;
    }

    private Window window(int question, int[] asked, List<Run> parts, Run part, Run answer) {
        int end = part.last() + 1;
        int[] shown = Arrays.copyOfRange(pieces.ids(), part.first(), end);
        boolean[] mostContext = new boolean[shown.length];
        for (int i = 0; i < shown.length; i++) {
            mostContext[i] = richest(parts, part.first() + i).equals(part);
        }
        return new Window(
                question,
                Features.joined(wordPiece, asked, shown),
                asked.length + 2,
                Arrays.copyOfRange(pieces.wordOf(), part.first(), end),
                mostContext,
                answer);
    }

    /** The part in which a piece has the most of its passage around it, on the side where it has less; the first of equals. */
    private static Run richest(List<Run> parts, int piece) {
        Run best = CLS;
        double most = Double.NEGATIVE_INFINITY;
        for (Run part : parts) {
            if (piece >= part.first() && piece <= part.last()) {
                int context = Math.min(piece - part.first(), part.last() - piece);
                double score = context + 0.01 * (part.last() - part.first() + 1);
                if (score > most) {
                    most = score;
                    best = part;
                }
            }
        }
        return best;
    }
}
