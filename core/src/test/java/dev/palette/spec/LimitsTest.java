package dev.palette.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One annotation says what a value may be, to the record that refuses it and to whoever describes it. */
class LimitsTest {
    private record Layer(
            @Limit(least = 1) int size,
            String name,
            @Limit(least = 0, above = true) double rate,
            @Limit(least = 0, most = 1) double share,
            @Limit(least = 0, above = true, most = 0.5) double factor) {
        Layer {
            Limits.check(Layer.class, size, name, rate, share, factor);
        }
    }

    @Test
    void valuesWithinTheirLimitsAreTaken() {
        assertThatCode(() -> new Layer(1, "a", 1e-9, 0, 0.5)).doesNotThrowAnyException();
        assertThatCode(() -> new Layer(7, "b", 1e9, 1, 0.1)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | 1   | 0   | 0.5 | size is 0, expected a whole number of at least 1
            1 | 0   | 0   | 0.5 | rate is 0.0, expected a number greater than 0
            1 | NaN | 0   | 0.5 | rate is NaN, expected a number greater than 0
            1 | Infinity | 0 | 0.5 | rate is Infinity, expected a number greater than 0
            1 | 1   | 1.1 | 0.5 | share is 1.1, expected a number from 0 to 1
            1 | 1   | 0   | 0.6 | factor is 0.6, expected a number greater than 0 and of at most 0.5
            """)
    void aValueOutsideIsNamedWithWhatItShouldBe(int size, double rate, double share, double factor, String message) {
        assertThatThrownBy(() -> new Layer(size, "a", rate, share, factor))
                .isInstanceOfSatisfying(
                        OptionException.class, e -> assertThat(message).startsWith(e.option() + " is"))
                .hasMessage(message);
    }

    @Test
    void theLimitsCanBeReadInWords() {
        assertThat(Limits.of(Layer.class))
                .containsOnlyKeys("size", "rate", "share", "factor")
                .containsEntry("size", "a whole number of at least 1")
                .containsEntry("share", "a number from 0 to 1");
    }

    @Test
    void aRecordThatForgetsAComponentIsTold() {
        assertThatThrownBy(() -> Limits.check(Layer.class, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
