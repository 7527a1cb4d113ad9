package dev.palette.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * JSON for pages: figures with the digits that a chart can show, null for those that are not finite, and no letter that could end the
 * element of a page that it stands in.
 */
final class PageJson {
    private static final int DIGITS = 5;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new Rounded())
                    .addSerializer(Double.class, new Rounded())
                    .addSerializer(double[].class, new RoundedArray()))
            .build();

    private PageJson() {}

    /** A tree for changes by hand. */
    static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * The JSON of records, lists and maps. Only strings can hold {@code <}, {@code >} or {@code &}, and there the escape means the same;
     * so no {@code </script>} and no {@code <!--} is left, whatever runs and examples are called.
     */
    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of ours cannot fail to be written", e);
        }
    }

    /** To significant digits. */
    static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double scale = Math.pow(10, DIGITS - 1 - Math.floor(Math.log10(Math.abs(value))));
        return scale > 0 && scale < 1e300 ? Math.round(value * scale) / scale : value;
    }

    private static void write(JsonGenerator out, double value) throws IOException {
        double shorter = rounded(value);
        if (!Double.isFinite(value)) {
            out.writeNull();
        } else if (shorter == Math.rint(shorter) && Math.abs(shorter) < 1e15) {
            out.writeNumber((long) shorter);
        } else {
            out.writeNumber(shorter);
        }
    }

    private static final class Rounded extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(out, value);
        }
    }

    private static final class RoundedArray extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (double value : values) {
                write(out, value);
            }
            out.writeEndArray();
        }
    }
}
