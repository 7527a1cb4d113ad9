package dev.palette.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * BERT's tokenizer over one vocabulary: a text becomes the ids of its word pieces.
 *
 * <p>Equal to the tokenizer of the original BERT code: Chinese characters are not split, special tokens written in a text are
 * ordinary text, and characters of Unicode's categories C* (control, format, surrogate, private use, unassigned) vanish. Which
 * characters are assigned follows the JDK's Unicode version. One object may serve several threads.
 */
public final class WordPiece implements AutoCloseable {
    private static final char CAPITAL_SIGMA = '\u03a3';

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> vocabulary;
    private final List<String> pieces;
    private final boolean lowerCase;

    private WordPiece(
            HuggingFaceTokenizer tokenizer, List<String> pieces, Map<String, Integer> vocabulary, boolean lowerCase) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        this.lowerCase = lowerCase;
        this.pieces = pieces;
    }

    /**
     * The tokenizer of a {@code vocab.txt}: one piece a line, its id the line's number from 0.
     *
     * @param vocabularyFile UTF-8
     * @param lowerCase lower-case texts and strip accents first, as the uncased vocabularies want
     * @throws PaletteException when the file cannot be read or lacks a special token
     */
    public static WordPiece of(Path vocabularyFile, boolean lowerCase) {
        List<String> pieces = read(vocabularyFile);
        Map<String, Integer> vocabulary = new HashMap<>(2 * pieces.size());
        for (int id = 0; id < pieces.size(); id++) {
            vocabulary.put(pieces.get(id), id);
        }
        for (String token : SpecialTokens.ALL) {
            if (!vocabulary.containsKey(token)) {
                throw new PaletteException(
                        "%s has %d word pieces but no %s; expected the vocab.txt of a BERT encoder, with %s"
                                .formatted(
                                        vocabularyFile,
                                        vocabulary.size(),
                                        token,
                                        String.join(", ", SpecialTokens.ALL)));
            }
        }
        return new WordPiece(
                TokenizerDescription.open(vocabulary, lowerCase), pieces, Map.copyOf(vocabulary), lowerCase);
    }

    private static List<String> read(Path file) {
        try {
            return List.copyOf(Files.readAllLines(file));
        } catch (CharacterCodingException e) {
            throw new PaletteException("vocabulary " + file + " is not UTF-8 text; is it a vocab.txt?", e);
        } catch (IOException e) {
            throw new PaletteException("cannot read the vocabulary %s: %s".formatted(file, e), e);
        }
    }

    /** The ids of a text's word pieces, in order; no special tokens, nothing cut off; empty for an empty text. */
    public int[] ids(String text) {
        long[] ids = tokenizer
                .encode(inFinalForm(withoutCategoryC(text)), false, false)
                .getIds();
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = (int) ids[i];
        }
        return narrow;
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
        return lowerCase && text.indexOf(CAPITAL_SIGMA) >= 0 ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** The id of a piece, one of {@link SpecialTokens} for instance. */
    public int id(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("no word piece '" + piece + "'");
        }
        return id;
    }

    /** The pieces in the order of their ids; one that continues a word begins with {@code ##}. */
    public List<String> pieces() {
        return pieces;
    }

    /** Whether texts are lower-cased and stripped of accents first. */
    public boolean lowerCase() {
        return lowerCase;
    }

    /** The number of word pieces. */
    public int size() {
        return vocabulary.size();
    }

    /** Frees the native tokenizer. */
    @Override
    public void close() {
        tokenizer.close();
    }
}
