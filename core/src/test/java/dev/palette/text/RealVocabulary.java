package dev.palette.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The vocabulary of BERT-base uncased, for tests. */
public final class RealVocabulary {
    private RealVocabulary() {}

    /** A tokenizer over it. */
    public static WordPiece wordPiece(boolean lowerCase) {
        try {
            Path file = Files.createTempFile("vocab", ".txt");
            try {
                Files.write(file, bytes());
                return WordPiece.of(file, lowerCase);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of its {@code vocab.txt}. */
    public static byte[] bytes() throws IOException {
        try (InputStream packed = RealVocabulary.class.getResourceAsStream("vocab.txt.gz");
                InputStream text = new GZIPInputStream(packed)) {
            return text.readAllBytes();
        }
    }
}
