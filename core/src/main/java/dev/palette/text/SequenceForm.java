package dev.palette.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The special tokens round one text or two, as a tokenizer puts them: {@code [CLS] a [SEP] b [SEP]}, {@code <s> a </s></s> b </s>}.
 *
 * @param before those that open the sequence
 * @param between those between two texts; empty where there is one
 * @param after those that close it
 * @param firstAndAfterIt how many of {@code between} are of token type 0, as the first text is; 0 or more
 * @param segments whether a second text is of token type 1
 */
record SequenceForm(int[] before, int[] between, int[] after, int firstAndAfterIt, boolean segments) {
    /**
     * What a tokenizer made of one text, or two, of one piece or more each.
     *
     * @param special 1 at special tokens
     * @param types the token type of each
     */
    static SequenceForm of(int[] ids, long[] special, long[] types) {
        int start = next(special, 0, 0);
        int end = next(special, 1, start);
        int second = next(special, 0, end);
        boolean two = second < ids.length;
        int last = two ? next(special, 1, second) : end;
        int typed = (int) Arrays.stream(types).takeWhile(type -> type == 0).count();
        return new SequenceForm(
                Arrays.copyOf(ids, start),
                two ? Arrays.copyOfRange(ids, end, second) : new int[0],
                Arrays.copyOfRange(ids, last, ids.length),
                Math.max(0, typed - end),
                two && typed < ids.length);
    }

    private static int next(long[] special, long wanted, int from) {
        return IntStream.range(from, special.length)
                .filter(i -> special[i] == wanted)
                .findFirst()
                .orElse(special.length);
    }

    int specials() {
        return before.length + between.length + after.length;
    }

    /** The sequence of as many first pieces of two texts. */
    Features of(int[] first, int ofFirst, int[] second, int ofSecond) {
        int[] all = new int[specials() + ofFirst + ofSecond];
        int end = copy(before, before.length, all, 0);
        end = copy(first, ofFirst, all, end);
        int firstEnd = end + firstAndAfterIt;
        end = copy(between, between.length, all, end);
        end = copy(second, ofSecond, all, end);
        copy(after, after.length, all, end);
        return new Features(all, segments ? firstEnd : all.length);
    }

    private static int copy(int[] from, int count, int[] to, int at) {
        System.arraycopy(from, 0, to, at, count);
        return at + count;
    }
}
