package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A text cut at its blanks, and its words remembered, becomes what the native tokenizer makes of the whole of it. */
class WholeTextTest {
    private static WordPiece uncased;
    private static WordPiece cased;
    private static HuggingFaceTokenizer nativeUncased;
    private static HuggingFaceTokenizer nativeCased;

    @BeforeContainer
    static void open() {
        uncased = RealVocabulary.wordPiece(true);
        cased = RealVocabulary.wordPiece(false);
        nativeUncased = TokenizerDescription.open(uncased.vocabulary().ids(), true);
        nativeCased = TokenizerDescription.open(cased.vocabulary().ids(), false);
    }

    @AfterContainer
    static void close() {
        uncased.close();
        cased.close();
        nativeUncased.close();
        nativeCased.close();
    }

    @Property(tries = 2_000)
    void lowerCased(@ForAll("texts") String text) {
        String prepared = withoutCategoryC(text);
        String lower = prepared.indexOf('\u03a3') < 0 ? prepared : prepared.toLowerCase(Locale.ROOT);
        assertThat(uncased.ids(text)).isEqualTo(ids(nativeUncased, lower));
    }

    @Property(tries = 2_000)
    void withTheirCase(@ForAll("texts") String text) {
        assertThat(cased.ids(text)).isEqualTo(ids(nativeCased, withoutCategoryC(text)));
    }

    /** Letters with and without accents, white space of all kinds, punctuation, what vanishes, and anything else. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> ordinary = Arbitraries.of("the", " ", "  ", "un", "affable", "Film", "'s", ",", "--", "1984");
        Arbitrary<String> odd = Arbitraries.of(
                "\t",
                "\n",
                "\u00a0",
                "\u2003",
                "\u3000",
                "\u0085",
                "\u0301",
                "e\u0301",
                "\u00c5",
                "\u0130",
                "\u03a3",
                "\u039f\u0394\u039f\u03a3",
                "\u0000",
                "\ufffd",
                "\u200d",
                "\ue000",
                "\u0378",
                "\u4e2d\u6587",
                "\uac01",
                "\ud83d\ude00",
                "[SEP]",
                "##ing");
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(4);
        return Arbitraries.oneOf(ordinary, ordinary, odd, any)
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    private static String withoutCategoryC(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints().filter(c -> !Characters.vanishes(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
