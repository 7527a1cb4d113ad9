package dev.palette.text;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What makes an encoder's sequences of texts: one tokenizer goes with one vocabulary. {@link WordPiece} is BERT's; {@link
 * TokenizerFile} is any that a Hugging Face {@code tokenizer.json} describes. May serve several threads.
 */
public interface Tokenizer extends AutoCloseable {
    /**
     * The tokenizer of a vocabulary's file: {@link TokenizerFile} for a {@code tokenizer.json}, {@link WordPiece} for a {@code
     * vocab.txt}.
     *
     * @param lowerCase of a {@code vocab.txt}: whether texts are lower-cased and stripped of accents first; a {@code
     *     tokenizer.json} says so itself
     * @throws dev.palette.spec.PaletteException when the file cannot be read or is none of these
     */
    static Tokenizer of(Path vocabulary, boolean lowerCase) {
        return TokenizerFile.isOne(vocabulary) ? TokenizerFile.open(vocabulary) : WordPiece.of(vocabulary, lowerCase);
    }

    /**
     * What, beside the vocabulary, decides the ids: the native library's version, and the Java release, since each has Unicode's
     * categories as they were in its year.
     */
    static String rules() {
        return "tokenizers %s, Java %d"
                .formatted(TokenizerDescription.version(), Runtime.version().feature());
    }

    /** The ids of a text's pieces, in order; no special tokens, nothing cut off; empty for an empty text. */
    int[] ids(String text);

    /**
     * The sequence of a text or a pair, with special tokens, cut to at most {@code maxLength} pieces as the encoder's own tokenizer
     * cuts.
     *
     * @param b the second text; null, or one without any piece, makes a sequence of one text
     * @param maxLength longest sequence, special tokens counted; at least {@link Features#SHORTEST}
     */
    Features features(String a, @Nullable String b, int maxLength);

    /** The id that fills a batch's shorter sequences. */
    int padding();

    /** Frees the native tokenizer. */
    @Override
    void close();
}
