package dev.palette.original;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Writes features as the original's {@code extract_features.py} does: a JSON object a line,
 *
 * <pre>{"linex_index": 0, "features": [{"token": "[CLS]", "layers": [{"index": -1, "values": [0.123456, …]}, …]}, …]}</pre>
 *
 * <p>with values rounded to six decimals. (The first key is spelt as the original spells it.)
 */
final class FeatureWriter {
    private static final int DECIMALS = 6;

    private final Writer out;
    private final List<Integer> layers;

    /**
     * A writer.
     *
     * @param layers as the user named them: 0 is the first, −1 the last
     */
    FeatureWriter(Writer out, List<Integer> layers) {
        this.out = out;
        this.layers = layers;
    }

    /**
     * Writes the line of one text.
     *
     * @param index its line in the input, from 0
     * @param tokens (T) its word pieces with the special tokens
     * @param values for each layer that is wanted (T × H), row after row
     */
    void write(int index, List<String> tokens, List<float[]> values) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("linex_index", index);
        json.writeArrayFieldStart("features");
        for (int position = 0; position < tokens.size(); position++) {
            json.writeStartObject();
            json.writeStringField("token", tokens.get(position));
            json.writeArrayFieldStart("layers");
            for (int i = 0; i < layers.size(); i++) {
                writeLayer(json, layers.get(i), values.get(i), position, tokens.size());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.write('\n');
    }

    private static void writeLayer(JsonGenerator json, int layer, float[] values, int position, int tokens)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", layer);
        json.writeArrayFieldStart("values");
        int width = values.length / tokens;
        for (int i = position * width; i < (position + 1) * width; i++) {
            json.writeNumber(rounded(values[i]));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Python's {@code round(x, 6)} of a float that became a double: the exact value to even. */
    private static double rounded(float value) {
        return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
    }
}
