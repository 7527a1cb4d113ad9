package dev.palette.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Numbers made with the original code: the test resources in {@code golden/}, or the files of the folder that the system property
 * {@code palette.golden} names.
 */
public final class Golden {
    private Golden() {}

    /** A file of the test resources; names ending in {@code .gz} are unpacked. */
    public static JsonNode read(String name) throws IOException {
        return read(resources().resolve(name));
    }

    /** A file; names ending in {@code .gz} are unpacked. */
    public static JsonNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ObjectMapper().readTree(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
        }
    }

    /** The files in use whose name begins so, in the order of their names; none is no error. */
    public static List<Path> files(String beginning) {
        try (Stream<Path> all = Files.list(folder())) {
            return all.filter(file ->
                            name(file).startsWith(beginning) && name(file).matches(".*\\.json(\\.gz)?"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("the folder of palette.golden cannot be listed: " + e, e);
        }
    }

    /** A file in use by its name without {@code .gz}, else the one of the test resources. */
    public static Path find(String name) {
        return Stream.of(folder(), resources())
                .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(name + ".gz")))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no golden file " + name));
    }

    /** The values of an array of numbers. */
    public static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(array.get(i).asText());
        }
        return values;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Path folder() {
        String given = System.getProperty("palette.golden");
        if (given == null) {
            return resources();
        }
        Path folder = Path.of(given);
        return Files.isDirectory(folder) ? folder : Path.of("..").resolve(folder); // Maven tests in the module's folder
    }

    private static Path resources() {
        URL folder = Objects.requireNonNull(Golden.class.getResource("/golden"), "test resource golden");
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
