package dev.palette.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which Palette this is, as its build wrote it down.
 *
 * @param version e.g. {@code 0.1.0}
 * @param commit the git commit, with {@code -dirty} where files had changed since; {@code unknown} when built outside git
 * @param libraries versions of the libraries that compute, by name
 */
public record Build(String version, String commit, SortedMap<String, String> libraries) {
    private static final String LIBRARY = "library.";
    private static final String UNKNOWN = "unknown";

    /** The running one. */
    public static Build running() {
        Properties written = new Properties();
        try (InputStream in = Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SortedMap<String, String> libraries = new TreeMap<>();
        for (String key : written.stringPropertyNames()) {
            if (key.startsWith(LIBRARY)) {
                libraries.put(key.substring(LIBRARY.length()), written.getProperty(key, UNKNOWN));
            }
        }
        String commit = written.getProperty("commit", UNKNOWN);
        boolean known = !commit.startsWith("$"); // Maven leaves what it does not know
        String changed = "true".equals(written.getProperty("dirty")) ? "-dirty" : "";
        return new Build(written.getProperty("palette", UNKNOWN), known ? commit + changed : UNKNOWN, libraries);
    }
}
