package dev.palette.task.squad;

import dev.palette.spec.PaletteException;
import dev.palette.task.DatasetArrays;
import dev.palette.task.SequenceArrays;
import dev.palette.tensor.TensorData;
import dev.palette.text.Features;
import dev.palette.text.GrowingInts;
import dev.palette.text.Tokenizer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of many questions in flat arrays, question after question; buffers on the heap or mapped from a file.
 *
 * @param sequences (n) as the model reads them
 * @param questions how many there are, those without a window too
 * @param questionOf (n) each window's question, ascending
 * @param answers (n, 2) positions of the answer's first and last piece
 * @param words (total) for every piece of every sequence twice the passage's word, plus 1 where no other window shows more of
 *     what surrounds it; -1 where no piece of the passage is
 */
record WindowArrays(SequenceArrays sequences, int questions, int[] questionOf, IntBuffer answers, IntBuffer words) {
    private static final int NO_WORD = -1;
    private static final String QUESTIONS = "questions";
    private static final String QUESTION_OF = "question of";
    private static final String ANSWERS = "answers";
    private static final String WORDS = "words";

    /**
     * Checks that the arrays are of the same windows.
     *
     * @throws PaletteException when they are not
     */
    WindowArrays {
        int n = sequences.size();
        if (questionOf.length != n
                || answers.limit() != 2 * n
                || words.limit() != sequences.pieces().limit()) {
            throw new PaletteException("of %d windows there are %d questions, %d answers and %d words for %d pieces"
                    .formatted(
                            n,
                            questionOf.length,
                            answers.limit(),
                            words.limit(),
                            sequences.pieces().limit()));
        }
        for (int i = 0; i < n; i++) {
            int before = i == 0 ? 0 : questionOf[i - 1];
            if (questionOf[i] < before || questionOf[i] >= questions) {
                throw new PaletteException("window %d is of question %d of %d".formatted(i, questionOf[i], questions));
            }
        }
    }

    /**
     * The arrays of some windows.
     *
     * @param questions how many there are
     * @param tokenizer made the windows; need not stay open
     */
    static WindowArrays of(List<Window> windows, int questions, Tokenizer tokenizer) {
        GrowingInts answers = new GrowingInts(2 * windows.size());
        GrowingInts words = new GrowingInts(0);
        for (Window window : windows) {
            answers.add(window.answer().first());
            answers.add(window.answer().last());
            for (int position = 0; position < window.sequence().length(); position++) {
                words.add(
                        window.isPassage(position)
                                ? 2 * window.word(position) + (window.hasMostContext(position) ? 1 : 0)
                                : NO_WORD);
            }
        }
        return new WindowArrays(
                SequenceArrays.of(windows.stream().map(Window::sequence).toList(), tokenizer),
                questions,
                windows.stream().mapToInt(Window::question).toArray(),
                IntBuffer.wrap(answers.toArray()),
                IntBuffer.wrap(words.toArray()));
    }

    /** The windows that a dataset kept. */
    static WindowArrays of(DatasetArrays kept) {
        return new WindowArrays(
                SequenceArrays.of(kept),
                kept.copy(QUESTIONS, 1)[0],
                kept.copy(QUESTION_OF),
                kept.ints(ANSWERS),
                kept.ints(WORDS));
    }

    /** The arrays as a dataset keeps them. */
    List<TensorData> tensors() {
        List<TensorData> tensors = new ArrayList<>(sequences.tensors());
        tensors.add(TensorData.ofInts(QUESTIONS, questions));
        tensors.add(TensorData.ofInts(QUESTION_OF, questionOf));
        tensors.add(DatasetArrays.tensor(ANSWERS, answers));
        tensors.add(DatasetArrays.tensor(WORDS, words));
        return tensors;
    }

    /** (questions + 1) the first window of each question, and the end of the last. */
    int[] firstWindows() {
        int[] first = new int[questions + 1];
        for (int i = 0; i < questionOf.length; i++) {
            first[questionOf[i] + 1]++; // how many the question has
        }
        Arrays.parallelPrefix(first, Integer::sum);
        return first;
    }

    /** One window by itself. */
    Window get(int number) {
        Features sequence = sequences.get(number);
        int offset = sequence.firstLength();
        int[] own = new int[sequence.length() - offset - 1]; // but for the last [SEP]
        words.get(sequences.begin(number) + offset, own);
        boolean[] mostContext = new boolean[own.length];
        for (int i = 0; i < own.length; i++) {
            mostContext[i] = own[i] % 2 == 1;
        }
        return new Window(
                questionOf[number],
                sequence,
                offset,
                Arrays.stream(own).map(word -> word / 2).toArray(),
                mostContext,
                new Run(answers.get(2 * number), answers.get(2 * number + 1)));
    }
}
