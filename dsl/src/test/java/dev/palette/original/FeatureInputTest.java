package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The lines that extract_features reads. */
class FeatureInputTest {
    @Test
    void aLineIsATextWithoutTheSpaceAroundIt() {
        assertThat(FeatureInput.of("  a text\t")).isEqualTo(new FeatureInput("a text", null));
    }

    @Test
    void threeBarsPartTwoTexts() {
        assertThat(FeatureInput.of("who is it ||| it is me")).isEqualTo(new FeatureInput("who is it", "it is me"));
    }

    @Test
    void ofSeveralBarsTheLastPart() {
        assertThat(FeatureInput.of("a ||| b ||| c")).isEqualTo(new FeatureInput("a ||| b", "c"));
    }

    @Test
    void barsWithoutSpaceAreText() {
        assertThat(FeatureInput.of("a|||b")).isEqualTo(new FeatureInput("a|||b", null));
    }
}
