package dev.palette.task.squad;

import dev.palette.spec.PaletteException;
import dev.palette.text.Features;
import dev.palette.text.WordPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    Windows(Squad task, WordPiece wordPiece, int maxLength) {
        this.task = task;
        this.wordPiece = wordPiece;
        this.maxLength = maxLength;
    }

    /**
     * A question with what its windows are cut from.
     *
     * @param number its place among the questions
     * @param asked its own pieces
     * @param parts of the passage, as runs of its pieces
     */
    private record Cut(int number, Question question, int[] asked, PassagePieces pieces, List<Run> parts) {
        /** The window that shows a part. */
        Window window(Run part, Run answer, WordPiece wordPiece) {
            int end = part.last() + 1;
            int[] shown = Arrays.copyOfRange(pieces.ids(), part.first(), end);
            boolean[] mostContext = new boolean[shown.length];
            for (int i = 0; i < shown.length; i++) {
                mostContext[i] = richest(parts, part.first() + i).equals(part);
            }
            return new Window(
                    number,
                    Features.joined(wordPiece, asked, shown),
                    asked.length + 2,
                    Arrays.copyOfRange(pieces.wordOf(), part.first(), end),
                    mostContext,
                    answer);
        }
    }

    /** All windows of all questions, question by question. */
    List<Window> toPredict(List<Question> questions) {
        return cuts(questions)
                .flatMap(cut -> cut.parts().stream().map(part -> cut.window(part, CLS, wordPiece)))
                .toList();
    }

    /**
     * The windows to train on: those that hold the answer, and the others too if the task says so.
     *
     * @param questions with one answer each, to be found in their passages
     */
    List<Window> toTrain(List<Question> questions) {
        return cuts(questions).flatMap(this::toTrain).toList();
    }

    private Stream<Window> toTrain(Cut cut) {
        Answer answer = cut.question().answers().get(0);
        Run words = cut.question().passage().find(answer).orElseThrow();
        Run found = cut.pieces().locate(words, wordPiece.ids(answer.text()));
        return cut.parts().stream()
                .flatMap(part -> target(part, cut.asked().length + 2, words, found)
                        .map(target -> cut.window(part, target, wordPiece))
                        .stream());
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

    /** The questions in order, cut on all processors. */
    private Stream<Cut> cuts(List<Question> questions) {
        return passages(questions).parallelStream().flatMap(run -> {
            PassagePieces pieces = PassagePieces.of(questions.get(run.first()).passage(), wordPiece);
            List<Cut> cuts = new ArrayList<>();
            for (int i = run.first(); i <= run.last(); i++) {
                cuts.add(cut(i, questions.get(i), pieces));
            }
            return cuts.stream();
        });
    }

    /** The questions that share a passage, which come one after the other. */
    private static List<Run> passages(List<Question> questions) {
        List<Run> passages = new ArrayList<>();
        int first = 0;
        for (int i = 1; i <= questions.size(); i++) {
            if (i == questions.size()
                    || !questions.get(i).passage().equals(questions.get(first).passage())) {
                passages.add(new Run(first, i - 1));
                first = i;
            }
        }
        return passages;
    }

    private Cut cut(int number, Question question, PassagePieces pieces) {
        int[] ids = wordPiece.ids(question.text());
        int[] asked = ids.length > task.maxQueryLength() ? Arrays.copyOf(ids, task.maxQueryLength()) : ids;
        int room = maxLength - asked.length - SPECIAL_TOKENS;
        if (room < 1) {
            throw new PaletteException(
                    "maxLength %d leaves no room for a passage beside the %d word pieces of question %s; give a longer maxLength or a shorter maxQueryLength"
                            .formatted(maxLength, asked.length, question.id()));
        }
        return new Cut(number, question, asked, pieces, parts(pieces.ids().length, room));
    }

    /** The parts of a passage of n pieces, as runs of them. */
    private List<Run> parts(int n, int room) {
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
