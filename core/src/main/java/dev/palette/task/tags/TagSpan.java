package dev.palette.task.tags;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens side by side that are tagged as one thing.
 *
 * @param type what it is, e.g. {@code PER}
 * @param first its first token
 * @param end the token behind its last
 */
record TagSpan(String type, int first, int end) {
    private static final String OUTSIDE = "O";

    /**
     * The spans of a sentence's tags, as CoNLL's scorer and seqeval read them whatever the scheme (IOB1, IOB2, IOBES): a span goes on
     * until a tag is outside, of another type, begins one (B, S), or follows one that ends (E, S). Ill-formed sequences so have spans
     * too: {@code O I-PER} is one.
     */
    static List<TagSpan> of(List<String> tags) {
        List<TagSpan> spans = new ArrayList<>();
        int first = -1;
        for (int i = 0; i <= tags.size(); i++) {
            boolean within = first >= 0 && i < tags.size() && goesOn(tags.get(i - 1), tags.get(i));
            if (first >= 0 && !within) {
                spans.add(new TagSpan(type(tags.get(first)), first, i));
                first = -1;
            }
            if (first < 0 && i < tags.size() && !isOutside(tags.get(i))) {
                first = i;
            }
        }
        return spans;
    }

    /** Whether these tags say where spans are: all are O, or a letter, a hyphen and a type. */
    static boolean areOf(List<String> tags) {
        return tags.contains(OUTSIDE) && tags.stream().allMatch(tag -> isOutside(tag) || tag.matches("[BIESLU]-.+"));
    }

    /** Whether a tag says that its token is part of nothing. */
    static boolean isOutside(String tag) {
        return tag.equals(OUTSIDE);
    }

    private static boolean goesOn(String before, String tag) {
        char left = before.charAt(0);
        char here = tag.charAt(0);
        boolean ended = left == 'E' || left == 'S';
        boolean begins = here == 'B' || here == 'S';
        return !isOutside(tag) && !ended && !begins && type(before).equals(type(tag));
    }

    private static String type(String tag) {
        return tag.substring(tag.indexOf('-') + 1);
    }
}
