package dev.palette.experiments.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A shipped file as its rows: the sentences and the label or score of each.
 *
 * @param rows in the file's order
 */
record Table(List<Row> rows) {
    /** The data as the project ships them; tests run in the module's folder. */
    static final Path SHIPPED = Path.of("data", "quickstart");

    /**
     * One row.
     *
     * @param sentences one or two
     * @param target class or score
     */
    record Row(List<String> sentences, double target) {
        /** The words of all sentences, each with its sentence's number, sorted: what a count of words sees. */
        List<String> bag() {
            return Stream.of(0, 1)
                    .filter(i -> i < sentences.size())
                    .flatMap(i -> words(sentences.get(i)).map(word -> i + ":" + word))
                    .sorted()
                    .toList();
        }

        /** Words of the first sentence that the second has too. */
        long shared() {
            List<String> second = words(sentences.get(1)).toList();
            return words(sentences.get(0)).filter(second::contains).count();
        }

        /** Words of both sentences. */
        long length() {
            return sentences.stream().flatMap(Row::words).count();
        }

        private static Stream<String> words(String sentence) {
            return Arrays.stream(sentence.toLowerCase(Locale.ROOT).split("[ .?]+"));
        }
    }

    static Table acceptability(String split) {
        return read("acceptability", split, 0, 4, 1, 3);
    }

    static Table paraphrase(String split) {
        return read("paraphrase", split, 1, 5, 0, 3, 4);
    }

    static Table similarity(String split) {
        return read("similarity", split, 1, 10, 9, 7, 8);
    }

    private static Table read(String task, String split, int header, int columns, int target, int... sentences) {
        Path file = SHIPPED.resolve(task).resolve(split + ".tsv");
        try (Stream<String> lines = Files.lines(file)) {
            return new Table(lines.skip(header)
                    .map(line -> line.split("\t", -1))
                    .peek(cells -> {
                        if (cells.length != columns) {
                            throw new IllegalStateException(file + ": " + Arrays.toString(cells));
                        }
                    })
                    .map(cells -> new Row(
                            Arrays.stream(sentences).mapToObj(i -> cells[i]).toList(),
                            Double.parseDouble(cells[target])))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
