package dev.palette.original;

import dev.palette.storage.AtomicFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The original's {@code eval_results.txt}: {@code key = value} lines in the order of their keys. */
final class EvalResults {
    private final SortedMap<String, String> lines = new TreeMap<>();

    /** Adds a figure, every digit of it. */
    EvalResults add(String key, double value) {
        lines.put(key, Double.toString(value));
        return this;
    }

    /** Adds a count. */
    EvalResults add(String key, long value) {
        lines.put(key, Long.toString(value));
        return this;
    }

    /** Writes the file, whole or not at all. */
    void write(Path file) {
        AtomicFile.writeText(file, text());
    }

    String text() {
        return lines.entrySet().stream()
                .map((Map.Entry<String, String> line) -> line.getKey() + " = " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
