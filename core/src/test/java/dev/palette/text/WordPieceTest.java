package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPieceTest {
    @TempDir
    Path folder;

    @Test
    void aWordIsSplitIntoTheLongestPiecesFromTheLeft() throws IOException {
        try (WordPiece wordPiece = WordPiece.of(vocabulary("un", "##aff", "##able", "##a"), true)) {
            assertThat(wordPiece.ids("Unaffable")).containsExactly(4, 5, 6);
            assertThat(wordPiece.ids("una")).containsExactly(4, 7);
            assertThat(wordPiece.ids("able")).containsExactly(wordPiece.id("[UNK]"));
        }
    }

    @Test
    void aSpecialTokenInATextIsOrdinaryText() throws IOException {
        try (WordPiece wordPiece = WordPiece.of(vocabulary("[", "]", "sep"), true)) {
            assertThat(wordPiece.ids("[SEP]")).containsExactly(4, 6, 5);
        }
    }

    @Test
    void aLongTextIsNotCutOff() throws IOException {
        try (WordPiece wordPiece = WordPiece.of(vocabulary("a"), true)) {
            assertThat(wordPiece.ids("a ".repeat(5_000))).hasSize(5_000);
        }
    }

    @Test
    void severalThreadsMayShareOne() {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            int[] expected = wordPiece.ids("an unaffable tokenizer");
            assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> wordPiece.ids("an unaffable tokenizer")))
                    .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
        }
    }

    @Test
    void aVocabularyWithoutASpecialTokenIsRefused() throws IOException {
        Path file = folder.resolve("vocab.txt");
        Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\nword\n");
        assertThatThrownBy(() -> WordPiece.of(file, true))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("4 word pieces but no [SEP]");
    }

    @Test
    void aCapitalSigmaAtTheEndOfAWordBecomesAFinalOne() {
        try (WordPiece uncased = RealVocabulary.wordPiece(true)) {
            assertThat(uncased.ids("\u039f\u0394\u039f\u03a3, \u03a3"))
                    .isEqualTo(uncased.ids("\u03bf\u03b4\u03bf\u03c2, \u03c3"));
        }
    }

    @Test
    void aMissingVocabularyIsNamed() {
        assertThatThrownBy(() -> WordPiece.of(folder.resolve("absent.txt"), true))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot read the vocabulary")
                .hasMessageContaining("absent.txt");
    }

    @Test
    void aVocabularyThatIsNoTextIsNamed() throws IOException {
        Path file = folder.resolve("vocab.txt");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});
        assertThatThrownBy(() -> WordPiece.of(file, true))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("not UTF-8");
    }

    private Path vocabulary(String... pieces) throws IOException {
        Path file = folder.resolve("vocab.txt");
        Files.writeString(file, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n" + String.join("\n", pieces) + "\n");
        return file;
    }
}
