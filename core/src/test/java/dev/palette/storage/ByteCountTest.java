package dev.palette.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "999, 999 bytes",
        "1000, 1.00 kB",
        "9996, 10.0 kB",
        "99950, 100 kB",
        "999499, 999 kB",
        "999600, 1.00 MB",
        "438000000, 438 MB",
        "1310000000, 1.31 GB",
        "9223372036854775807, 9.22 EB"
    })
    void threeDigitsAreShown(long bytes, String text) {
        assertThat(ByteCount.text(bytes)).isEqualTo(text);
    }
}
