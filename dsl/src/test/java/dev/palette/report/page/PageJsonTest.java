package dev.palette.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.report.SampleRuns;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data that stands inside a page's element and cannot leave it. */
class PageJsonTest {
    @Test
    void noTextEndsTheElementItStandsIn() {
        assertThat(PageJson.text(Map.of("name", SampleRuns.HOSTILE + "<!--&\u2028")))
                .doesNotContain("<", ">", "&", "\u2028")
                .startsWith("{\"name\":\"\\u003c/script\\u003e");
    }

    @Property(tries = 200)
    void whatIsReadBackIsWhatWasWritten(@ForAll String text) throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(PageJson.text(List.of(text)))
                        .get(0)
                        .asText())
                .isEqualTo(text);
    }

    @Test
    void figuresHaveTheDigitsThatAChartShows() {
        assertThat(PageJson.text(new double[] {0.123456789, 1234567, -3, 1e-7 / 3, 0}))
                .isEqualTo("[0.12346,1234600,-3,3.3333E-8,0]");
    }

    @Test
    void whatIsNoNumberIsNull() {
        assertThat(PageJson.text(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}))
                .isEqualTo("[null,null]");
        assertThat(PageJson.text(new Pair(Double.NaN, 1.5))).isEqualTo("{\"a\":null,\"b\":1.5}");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1e300,1e300", "1e-320,1e-320", "99999.6,100000", "-0.000123456,-0.00012346"})
    void roundingKeepsTheMagnitude(double value, double rounded) {
        assertThat(PageJson.rounded(value)).isEqualTo(rounded);
    }

    record Pair(double a, double b) {}
}
