package dev.palette.task.squad;

import dev.palette.text.BasicTokenizer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds a predicted answer in the passage's own writing. The prediction is lower-cased and without accents, and the words it
 * lies in may hold more than it, such as a comma or an {@code 's}; so the two are laid side by side, character by character.
 */
final class AnswerText {
    private final BasicTokenizer tokenizer;

    AnswerText(BasicTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The part of the passage that was predicted; all of {@code original} if it cannot be told which.
     *
     * @param predicted the predicted word pieces put together again
     * @param original the words of the passage that they are from
     */
    String of(String predicted, String original) {
        String tokenized = String.join(" ", tokenizer.tokens(original));
        int found = tokenized.indexOf(predicted);
        if (found < 0 || predicted.isEmpty()) {
            return original;
        }
        int[] own = original.codePoints().toArray();
        int[] tokens = tokenized.codePoints().toArray();
        int[] ownPlaces = filled(own);
        int[] tokenPlaces = filled(tokens);
        if (ownPlaces.length != tokenPlaces.length) {
            return original; // an accent or a control character is gone, and nobody knows where
        }
        int first = tokenized.codePointCount(0, found);
        int last = first + predicted.codePointCount(0, predicted.length()) - 1;
        int from = ownPlaces[place(tokenPlaces, first)];
        int to = ownPlaces[place(tokenPlaces, last)];
        return new String(own, from, to - from + 1);
    }

    /** The places of all characters but blanks. */
    private static int[] filled(int[] text) {
        return IntStream.range(0, text.length).filter(i -> text[i] != ' ').toArray();
    }

    private static int place(int[] places, int character) {
        return Arrays.binarySearch(places, character);
    }
}
