package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import java.nio.file.Path;

/** What an encoder's tokenizer is made of, and the file in which it is kept. */
sealed interface EncoderVocabulary permits WordPieces, TokenizerJson {
    /**
     * Reads {@code vocab.txt}, {@code tokenizer.json}, or {@code vocab.json} with {@code merges.txt} beside it.
     *
     * @throws PaletteException when it is missing, no UTF-8 or none of these
     */
    static EncoderVocabulary read(Path file) {
        return TokenizerJson.isOne(file) ? TokenizerJson.read(file) : WordPieces.read(file);
    }

    /** Where it was read. */
    Path file();

    /**
     * Checks that there is a piece for some ids and for none beyond the embeddings.
     *
     * @throws PaletteException when there are none or too many
     */
    EncoderVocabulary fitting(BertConfig config);

    /** Whether texts are to be lower-cased before they are split, where the tokenizer does not see to it itself. */
    boolean ofLowerCase();

    /** The name of the file that it is kept in. */
    String keptAs();

    /** The text of that file. */
    String text();
}
