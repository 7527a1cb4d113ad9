package dev.palette.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhiteSpaceTest {
    @Test
    void wordsStandBetweenWhiteSpaceOfAnyKind() {
        assertThat(WhiteSpace.split(" a\u00a0b\u2003c\u001dd\u0085e\u3000\n")).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aZeroWidthSpaceIsNone() {
        assertThat(WhiteSpace.split("a\u200bb")).containsExactly("a\u200bb");
    }

    @Test
    void aBlankTextHasNoWords() {
        assertThat(WhiteSpace.split(" \t\u2028")).isEmpty();
    }
}
