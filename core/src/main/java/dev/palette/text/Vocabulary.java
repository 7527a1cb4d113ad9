package dev.palette.text;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The word pieces that a BERT encoder knows, each with its id: what {@code vocab.txt} says, and what goes with it.
 *
 * @param pieces in the order of their ids; one that continues a word begins with {@code ##}
 * @param ids the id of each piece; of a piece that is there twice, the last
 * @param lowerCase whether texts are lower-cased and stripped of accents first, as the uncased vocabularies want
 */
public record Vocabulary(List<String> pieces, Map<String, Integer> ids, boolean lowerCase) {
    /** Copies the pieces and their ids. */
    public Vocabulary {
        pieces = List.copyOf(pieces);
        ids = Map.copyOf(ids);
    }

    /**
     * The vocabulary of a {@code vocab.txt}: one piece a line, its id the line's number from 0.
     *
     * @param file UTF-8
     * @param lowerCase lower-case texts and strip accents first
     * @throws PaletteException when the file cannot be read or lacks a special token
     */
    public static Vocabulary read(Path file, boolean lowerCase) {
        if (TokenizerFile.isOne(file)) {
            throw new PaletteException(
                    "%s is no vocab.txt of word pieces, which is needed here; choose an encoder with a vocab.txt, e.g. BERT, DistilBERT, ELECTRA or MiniLM"
                            .formatted(file));
        }
        List<String> pieces = lines(file);
        Map<String, Integer> ids = new HashMap<>(2 * pieces.size());
        for (int id = 0; id < pieces.size(); id++) {
            ids.put(pieces.get(id), id);
        }
        for (String token : SpecialTokens.ALL) {
            if (!ids.containsKey(token)) {
                throw new PaletteException(
                        "%s has %d word pieces but no %s; expected the vocab.txt of a BERT encoder, with %s"
                                .formatted(file, ids.size(), token, String.join(", ", SpecialTokens.ALL)));
            }
        }
        return new Vocabulary(pieces, ids, lowerCase);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new PaletteException("vocabulary " + file + " is not UTF-8 text; is it a vocab.txt?", e);
        } catch (IOException e) {
            throw new PaletteException("cannot read the vocabulary %s: %s".formatted(file, e), e);
        }
    }

    /** The id of a piece, one of {@link SpecialTokens} for instance. */
    public int id(String piece) {
        Integer id = ids.get(piece);
        if (id == null) {
            throw new IllegalArgumentException("no word piece '" + piece + "'");
        }
        return id;
    }
}
