package dev.palette.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One example as BERT reads it: {@code [CLS] a [SEP]} or {@code [CLS] a [SEP] b [SEP]}, not padded.
 *
 * @param inputIds (n) word pieces
 * @param firstLength how many of them, up to and including the first [SEP], are of token type 0; those after it are of type 1
 */
public record Features(int[] inputIds, int firstLength) {
    /** The shortest {@code maxLength} that leaves room for [CLS], both [SEP] and one piece. */
    public static final int SHORTEST = 4;

    /**
     * The features of a text or a pair, cut to at most {@code maxLength} pieces as the original does: a single text loses its
     * end; a pair loses one piece at a time from the end of the longer text, from the second when both are equally long.
     *
     * @param b the second text; null, or one without any word piece, makes a single-text sequence
     * @param maxLength longest sequence, special tokens counted; at least {@link #SHORTEST}
     */
    public static Features of(WordPiece wordPiece, String a, @Nullable String b, int maxLength) {
        if (maxLength < SHORTEST) {
            throw new IllegalArgumentException("maxLength " + maxLength + " is below " + SHORTEST);
        }
        int[] first = wordPiece.ids(a);
        int[] second = b == null ? new int[0] : wordPiece.ids(b);
        return second.length == 0
                ? sequence(wordPiece, first, Math.min(first.length, maxLength - 2), second, 0)
                : pair(wordPiece, first, second, maxLength - 3);
    }

    /**
     * The features of two texts that are word pieces already, nothing cut off.
     *
     * @param second at least one piece
     */
    public static Features joined(WordPiece wordPiece, int[] first, int[] second) {
        return sequence(wordPiece, first, first.length, second, second.length);
    }

    private static Features pair(WordPiece wordPiece, int[] first, int[] second, int room) {
        int keptOfFirst = first.length;
        int keptOfSecond = second.length;
        while (keptOfFirst + keptOfSecond > room) {
            if (keptOfFirst > keptOfSecond) {
                keptOfFirst--;
            } else {
                keptOfSecond--;
            }
        }
        return sequence(wordPiece, first, keptOfFirst, second, keptOfSecond);
    }

    private static Features sequence(
            WordPiece wordPiece, int[] first, int keptOfFirst, int[] second, int keptOfSecond) {
        int separator = wordPiece.id(SpecialTokens.SEP);
        int firstEnd = keptOfFirst + 2;
        int n = keptOfSecond == 0 ? firstEnd : firstEnd + keptOfSecond + 1;
        int[] ids = new int[n];
        ids[0] = wordPiece.id(SpecialTokens.CLS);
        System.arraycopy(first, 0, ids, 1, keptOfFirst);
        ids[firstEnd - 1] = separator;
        if (keptOfSecond > 0) {
            System.arraycopy(second, 0, ids, firstEnd, keptOfSecond);
            ids[n - 1] = separator;
        }
        return new Features(ids, firstEnd);
    }

    /** The same pieces as if all were of the first text. */
    public Features withoutSegments() {
        return new Features(inputIds, inputIds.length);
    }

    /** (n) the token type of each piece, 0 or 1. */
    public int[] tokenTypes() {
        int[] types = new int[inputIds.length];
        Arrays.fill(types, firstLength, types.length, 1);
        return types;
    }

    /** The number of word pieces, n. */
    public int length() {
        return inputIds.length;
    }
}
