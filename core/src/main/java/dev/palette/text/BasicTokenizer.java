package dev.palette.text;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first half of BERT's tokenizer: a text is cleaned and split at white space and punctuation. {@link WordPiece} does this
 * by itself; who must tell which of a text's characters a word piece came from needs the words alone.
 */
public final class BasicTokenizer {
    private final boolean lowerCase;

    /**
     * A tokenizer like that of the original BERT code: Chinese characters are not split.
     *
     * @param lowerCase lower-case words and strip their accents
     */
    public BasicTokenizer(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    /** The words and punctuation marks of a text, in order. */
    public List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String word : WhiteSpace.split(clean(text))) {
            splitAtPunctuation(lowerCase ? withoutAccents(word.toLowerCase(Locale.ROOT)) : word, tokens);
        }
        return tokens;
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0xfffd && !Characters.vanishes(c))
                .forEach(c -> kept.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c));
        return kept.toString();
    }

    private static String withoutAccents(String word) {
        StringBuilder kept = new StringBuilder(word.length());
        Normalizer.normalize(word, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static void splitAtPunctuation(String word, List<String> tokens) {
        StringBuilder run = new StringBuilder();
        word.codePoints().forEach(c -> {
            if (Characters.isPunctuation(c)) {
                flush(run, tokens);
                tokens.add(Character.toString(c));
            } else {
                run.appendCodePoint(c);
            }
        });
        flush(run, tokens);
    }

    private static void flush(StringBuilder run, List<String> tokens) {
        if (!run.isEmpty()) {
            tokens.add(run.toString());
            run.setLength(0);
        }
    }
}
