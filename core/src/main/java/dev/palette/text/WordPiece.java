package dev.palette.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * BERT's tokenizer over one vocabulary: a text becomes the ids of its word pieces.
 *
 * <p>Equal to the tokenizer of the original BERT code: Chinese characters are not split, special tokens written in a text are
 * ordinary text, and characters of Unicode's categories C* (control, format, surrogate, private use, unassigned) vanish. Which
 * characters are assigned follows the JDK's Unicode version. One object may serve several threads.
 *
 * <p>A blank always ends a word, and what a word becomes does not depend on its neighbours. So a text is cut at its blanks, and
 * each word is given to the native tokenizer the first time it comes: SST-2's 67,349 training sentences are 630,000 words of
 * 15,000 different ones.
 */
public final class WordPiece implements Tokenizer {
    private static final char CAPITAL_SIGMA = '\u03a3';
    private static final int PIECES_OF_A_SENTENCE = 32;
    /** Words that are remembered; with the longest that is, this bounds the memory, to some 20 MB. */
    private static final int MOST_WORDS = 1 << 16;
    /** In UTF-16 units. */
    private static final int LONGEST_REMEMBERED = 48;

    private final Vocabulary vocabulary;
    private final HuggingFaceTokenizer tokenizer;
    private final ConcurrentMap<String, int[]> remembered = new ConcurrentHashMap<>();

    /** The tokenizer of a vocabulary. */
    public WordPiece(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.tokenizer = TokenizerDescription.open(vocabulary.ids(), vocabulary.lowerCase());
    }

    /**
     * The tokenizer of a {@code vocab.txt}: one piece a line, its id the line's number from 0.
     *
     * @param vocabularyFile UTF-8
     * @param lowerCase lower-case texts and strip accents first, as the uncased vocabularies want
     * @throws PaletteException when the file cannot be read or lacks a special token
     */
    public static WordPiece of(Path vocabularyFile, boolean lowerCase) {
        return new WordPiece(Vocabulary.read(vocabularyFile, lowerCase));
    }

    /**
     * A tokenizer as one of word pieces.
     *
     * @param purpose what needs it, for the message
     * @throws PaletteException when it is another
     */
    public static WordPiece required(Tokenizer tokenizer, String purpose) {
        if (tokenizer instanceof WordPiece wordPiece) {
            return wordPiece;
        }
        throw new PaletteException(
                "%s needs to know from which characters a piece came, which it can tell of BERT's word pieces (vocab.txt) alone, and this encoder's tokenizer is another; choose an encoder with a vocab.txt, e.g. BERT, DistilBERT, ELECTRA or MiniLM"
                        .formatted(purpose));
    }

    /** The ids of a text's word pieces, in order; no special tokens, nothing cut off; empty for an empty text. */
    @Override
    public int[] ids(String text) {
        GrowingInts ids = new GrowingInts(PIECES_OF_A_SENTENCE);
        int start = 0;
        while (start < text.length()) {
            int blank = text.indexOf(' ', start);
            int end = blank < 0 ? text.length() : blank;
            if (end > start) {
                ids.addAll(idsOfWord(text.substring(start, end)));
            }
            start = end + 1;
        }
        return ids.toArray();
    }

    /** The pieces of a text without blanks. */
    private int[] idsOfWord(String word) {
        int[] known = remembered.get(word);
        if (known != null) {
            return known;
        }
        int[] ids = nativeIds(inFinalForm(withoutCategoryC(word)));
        if (word.length() <= LONGEST_REMEMBERED && remembered.size() < MOST_WORDS) {
            remembered.put(word, ids);
        }
        return ids;
    }

    /** The ids alone; the library's own {@code encode} would fetch pieces, places and masks too, at twice the time. */
    private int[] nativeIds(String text) {
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long encoding = library.encode(tokenizer.getHandle(), text, false);
        try {
            long[] ids = library.getTokenIds(encoding);
            int[] narrow = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                narrow[i] = (int) ids[i];
            }
            return narrow;
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    /** The native tokenizer keeps unassigned characters; the original removes everything whose category starts with C. */
    private static String withoutCategoryC(String text) {
        if (text.codePoints().noneMatch(Characters::vanishes)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !Characters.vanishes(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** The native tokenizer lower-cases letter by letter; but Σ at the end of a word is ς, and the vocabulary knows it. */
    private String inFinalForm(String text) {
        return lowerCase() && text.indexOf(CAPITAL_SIGMA) >= 0 ? text.toLowerCase(Locale.ROOT) : text;
    }

    @Override
    public Features features(String a, @Nullable String b, int maxLength) {
        return Features.of(this, a, b, maxLength);
    }

    @Override
    public int padding() {
        return id(SpecialTokens.PAD);
    }

    /** What the ids stand for. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The id of a piece, one of {@link SpecialTokens} for instance. */
    public int id(String piece) {
        return vocabulary.id(piece);
    }

    /** The pieces in the order of their ids; one that continues a word begins with {@code ##}. */
    public List<String> pieces() {
        return vocabulary.pieces();
    }

    /** Whether texts are lower-cased and stripped of accents first. */
    public boolean lowerCase() {
        return vocabulary.lowerCase();
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        tokenizer.close();
    }
}
