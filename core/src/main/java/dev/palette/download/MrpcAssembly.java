package dev.palette.download;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * GLUE's MRPC of the original corpus: the training file less the pairs that GLUE set aside as dev set, and the test file with row
 * numbers in place of its labels. Sources: training file, test file, and the dev pairs' two ids a line.
 */
final class MrpcAssembly implements Assembly {
    private static final String TEST_HEADER = "index\t#1 ID\t#2 ID\t#1 String\t#2 String\n";
    private static final int COLUMNS = 5;

    @Override
    public void assemble(List<Path> sources, Path folder) {
        split(sources.get(0), sources.get(2), folder);
        AtomicFile.writeText(folder.resolve("test.tsv"), numbered(sources.get(1)));
    }

    private static void split(Path training, Path devIds, Path folder) {
        Set<String> dev = new HashSet<>(lines(devIds));
        int expected = dev.size();
        List<String> lines = lines(training);
        StringBuilder trainText = new StringBuilder(lines.get(0)).append('\n'); // the header, byte order mark and all
        StringBuilder devText = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = fields(training, i, lines.get(i));
            boolean isDev = dev.remove(fields[1] + "\t" + fields[2]);
            (isDev ? devText : trainText).append(lines.get(i)).append('\n');
        }
        if (!dev.isEmpty()) {
            throw new PaletteException(
                    "%s has %d of the %d pairs in %s; the files don't belong together, fetch them again"
                            .formatted(training, expected - dev.size(), expected, devIds));
        }
        AtomicFile.writeText(folder.resolve("train.tsv"), trainText.toString());
        AtomicFile.writeText(folder.resolve("dev.tsv"), devText.toString());
    }

    private static String numbered(Path test) {
        List<String> lines = lines(test);
        StringBuilder text = new StringBuilder(TEST_HEADER);
        for (int i = 1; i < lines.size(); i++) {
            String[] fields = fields(test, i, lines.get(i));
            fields[0] = Integer.toString(i - 1);
            text.append(String.join("\t", fields)).append('\n');
        }
        return text.toString();
    }

    private static String[] fields(Path file, int i, String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != COLUMNS) {
            throw new PaletteException(
                    "%s:%d: found %d columns, expected %d separated by tabs: label, two ids, two sentences"
                            .formatted(file, i + 1, fields.length, COLUMNS));
        }
        return fields;
    }

    /** The lines without the white space at their ends, as GLUE's script takes them. */
    private static List<String> lines(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            List<String> lines = reader.lines().map(String::stripTrailing).toList();
            if (lines.isEmpty()) {
                throw new PaletteException(file + " is empty; fetch it again");
            }
            return lines;
        } catch (IOException e) {
            throw new PaletteException("cannot read %s: %s".formatted(file, e), e);
        }
    }
}
