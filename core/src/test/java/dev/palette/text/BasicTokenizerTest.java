package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

class BasicTokenizerTest {
    private static WordPiece wordPiece;

    @BeforeContainer
    static void open() {
        wordPiece = RealVocabulary.wordPiece(true);
    }

    @AfterContainer
    static void close() {
        wordPiece.close();
    }

    @Test
    void wordsAndPunctuationMarksAreTokens() {
        assertThat(new BasicTokenizer(true).tokens(" Zoë's \u201ccandle\u201d (1895-1943),\tthe\u00a0end… "))
                .containsExactly(
                        "zoe", "'", "s", "\u201c", "candle", "\u201d", "(", "1895", "-", "1943", ")", ",", "the", "end",
                        "…");
    }

    @Test
    void caseAndAccentsMayStay() {
        assertThat(new BasicTokenizer(false).tokens("Zoë")).containsExactly("Zoë");
    }

    @Test
    void controlCharactersVanishAndChineseIsNotSplit() {
        assertThat(new BasicTokenizer(true).tokens("a\u200bb \u7d05\u8336 \ufffd"))
                .containsExactly("ab", "\u7d05\u8336");
    }

    @Property(tries = 300)
    void theWordPiecesOfATextAreThoseOfItsTokens(
            @ForAll
                    @StringLength(max = 40)
                    @CharRange(from = ' ', to = '\u024f')
                    @CharRange(from = '\u2000', to = '\u206f')
                    String text) {
        int[] ofTokens = new BasicTokenizer(true)
                .tokens(text).stream()
                        .flatMapToInt(token -> Arrays.stream(wordPiece.ids(token)))
                        .toArray();
        assertThat(ofTokens).isEqualTo(wordPiece.ids(text));
    }
}
