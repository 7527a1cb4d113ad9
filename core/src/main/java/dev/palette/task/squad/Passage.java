package dev.palette.task.squad;

import dev.palette.text.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text that a question is about, as words between white space.
 *
 * @param words in order
 * @param wordOfCharacter for each code point of the text the word it belongs to, or the one before it; -1 before the first
 */
record Passage(List<String> words, int[] wordOfCharacter) {
    private static final int NARROW_NO_BREAK_SPACE = 0x202f;

    /** Cuts a text into words; of the white space beyond ASCII the original knows but one. */
    static Passage of(String text) {
        List<String> words = new ArrayList<>();
        int[] characters = text.codePoints().toArray();
        int[] wordOfCharacter = new int[characters.length];
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < characters.length; i++) {
            if (!isSpace(characters[i])) {
                word.appendCodePoint(characters[i]);
                wordOfCharacter[i] = words.size();
            } else {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                wordOfCharacter[i] = words.size() - 1;
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return new Passage(List.copyOf(words), wordOfCharacter);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == NARROW_NO_BREAK_SPACE;
    }

    /** A run of words with single blanks between them. */
    String text(Run run) {
        return String.join(" ", words.subList(run.first(), run.last() + 1));
    }

    /** The words that an answer lies in; empty when it is not where it says it is. */
    Optional<Run> find(Answer answer) {
        int length = answer.text().codePointCount(0, answer.text().length());
        int end = answer.start() + length - 1;
        if (length == 0 || answer.start() < 0 || end >= wordOfCharacter.length || wordOfCharacter[answer.start()] < 0) {
            return Optional.empty();
        }
        Run found = new Run(wordOfCharacter[answer.start()], wordOfCharacter[end]);
        return text(found).contains(String.join(" ", WhiteSpace.split(answer.text())))
                ? Optional.of(found)
                : Optional.empty();
    }
}
