package dev.palette.text;

import java.util.ArrayList;
import java.util.List;

/**
 * White space as Python sees it, in which BERT's and SQuAD's own programs are written: Unicode's separators, no-break spaces
 * among them, and the control characters from tab to carriage return, from FS to US, and NEL.
 */
public final class WhiteSpace {
    private static final int NEXT_LINE = 0x85;

    private WhiteSpace() {}

    /** Whether this code point is white space. */
    public static boolean is(int codePoint) {
        return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint) || codePoint == NEXT_LINE;
    }

    /** What stands between white space, in order; empty for a blank text. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) { // all white space is in the basic plane
            boolean space = is(text.charAt(i));
            if (space && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!space && start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }
}
