package dev.palette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Numbers made with the original code, from the test resources. */
public final class Golden {
    private Golden() {}

    /** A file of {@code golden/}; names ending in {@code .gz} are unpacked. */
    public static JsonNode read(String name) throws IOException {
        try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (file == null) {
                throw new IOException("no test resource golden/" + name);
            }
            return new ObjectMapper().readTree(name.endsWith(".gz") ? new GZIPInputStream(file) : file);
        }
    }

    /** The values of an array of numbers. */
    public static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(array.get(i).asText());
        }
        return values;
    }
}
