package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines that extract_features writes. */
class FeatureWriterTest {
    @Test
    void aLineHoldsEveryTokensValuesInTheLayersThatWereNamed() throws IOException {
        StringWriter out = new StringWriter();
        FeatureWriter writer = new FeatureWriter(out, List.of(-1, 0));

        writer.write(
                3, List.of("[CLS]", "[SEP]"), List.of(new float[] {1, 2, 3, 4}, new float[] {0.1f, -0.5f, 1e-7f, 2}));

        assertThat(out.toString()).isEqualTo("""
                        {"linex_index":3,"features":[\
                        {"token":"[CLS]","layers":[{"index":-1,"values":[1.0,2.0]},{"index":0,"values":[0.1,-0.5]}]},\
                        {"token":"[SEP]","layers":[{"index":-1,"values":[3.0,4.0]},{"index":0,"values":[0.0,2.0]}]}]}
                        """);
    }

    @Test
    void tokensAreEscaped() throws IOException {
        StringWriter out = new StringWriter();

        new FeatureWriter(out, List.of(0)).write(0, List.of("\""), List.of(new float[] {0}));

        assertThat(out.toString()).contains("\"token\":\"\\\"\"");
    }
}
