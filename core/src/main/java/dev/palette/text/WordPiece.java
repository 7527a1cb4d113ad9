package dev.palette.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BERT's tokenizer over one vocabulary: a text becomes the ids of its word pieces.
 *
 * <p>Equal to the tokenizer of the original BERT code: Chinese characters are not split, special tokens written in a text are
 * ordinary text, and characters of Unicode's categories C* (control, format, surrogate, private use, unassigned) vanish. Which
 * characters are assigned follows the JDK's Unicode version. One object may serve several threads.
 */
public final class WordPiece implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> vocabulary;

    private WordPiece(HuggingFaceTokenizer tokenizer, Map<String, Integer> vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    /**
     * The tokenizer of a {@code vocab.txt}: one piece a line, its id the line's number from 0.
     *
     * @param vocabularyFile UTF-8
     * @param lowerCase lower-case texts and strip accents first, as the uncased vocabularies want
     * @throws PaletteException when the file cannot be read or lacks a special token
     */
    public static WordPiece of(Path vocabularyFile, boolean lowerCase) {
        Map<String, Integer> vocabulary = read(vocabularyFile);
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
        return new WordPiece(TokenizerDescription.open(vocabulary, lowerCase), vocabulary);
    }

    private static Map<String, Integer> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            Map<String, Integer> vocabulary = new HashMap<>(2 * lines.size());
            for (int id = 0; id < lines.size(); id++) {
                vocabulary.put(lines.get(id), id);
            }
            return Map.copyOf(vocabulary);
        } catch (CharacterCodingException e) {
            throw new PaletteException("vocabulary " + file + " is not UTF-8 text; is it a vocab.txt?", e);
        } catch (IOException e) {
            throw new PaletteException("cannot read the vocabulary %s: %s".formatted(file, e), e);
        }
    }

    /** The ids of a text's word pieces, in order; no special tokens, nothing cut off; empty for an empty text. */
    public int[] ids(String text) {
        long[] ids = tokenizer.encode(withoutCategoryC(text), false, false).getIds();
        int[] narrow = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            narrow[i] = (int) ids[i];
        }
        return narrow;
    }

    /** The native tokenizer keeps unassigned characters; the original removes everything whose category starts with C. */
    private static String withoutCategoryC(String text) {
        if (text.codePoints().noneMatch(WordPiece::vanishes)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !vanishes(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean vanishes(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\t' && codePoint != '\n' && codePoint != '\r';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /** The id of a piece, one of {@link SpecialTokens} for instance. */
    public int id(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("no word piece '" + piece + "'");
        }
        return id;
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
