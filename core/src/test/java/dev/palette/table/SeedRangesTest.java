package dev.palette.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How seeds are listed below a table. */
class SeedRangesTest {
    @Test
    void threeOrMoreInARowAreARange() {
        assertThat(SeedRanges.text(List.of(1L, 2L, 3L, 4L))).isEqualTo("1–4");
        assertThat(SeedRanges.text(List.of(1L, 2L))).isEqualTo("1, 2");
        assertThat(SeedRanges.text(List.of(1L, 3L, 4L, 5L, 8L, 9L))).isEqualTo("1, 3–5, 8, 9");
        assertThat(SeedRanges.text(List.of(7L))).isEqualTo("7");
    }
}
