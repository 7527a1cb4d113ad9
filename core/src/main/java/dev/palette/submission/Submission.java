package dev.palette.submission;

import dev.palette.result.Predictions;
import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.task.Split;
import dev.palette.task.Target;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A submission to GLUE: all its tables, ready to be written.
 *
 * @param tables in the order of {@link GlueTable}
 */
public record Submission(List<Table> tables) {
    private static final LocalDateTime NO_TIME =
            LocalDateTime.of(1980, 1, 1, 0, 0); // zip's first: the same bytes every time

    /**
     * One table.
     *
     * @param of which
     * @param predictions as the server wants them, row by row
     * @param source the file they were taken from; null when every row has the commonest answer of the training examples
     * @param warning what a person should know before sending it
     */
    public record Table(
            GlueTable of,
            List<String> predictions,
            @Nullable Path source,
            Optional<String> warning) {
        /** Copies the list. */
        public Table {
            predictions = List.copyOf(predictions);
        }

        /** Whether no model predicted it. */
        public boolean isFilled() {
            return source == null;
        }
    }

    /** Copies the list. */
    public Submission {
        tables = List.copyOf(tables);
    }

    /**
     * Gathers the tables.
     *
     * @param runs folders of runs; together they have at most one prediction of a test set
     * @param data the folder that holds GLUE's data, or null: it is needed where no run predicts a task, and otherwise checks the
     *     numbers of rows
     * @throws PaletteException when there are no predictions at all, several of one test set, or some that don't fit the test set;
     *     or data are needed and missing
     */
    public static Submission of(List<Path> runs, @Nullable Path data) {
        PredictionFolders folders = PredictionFolders.in(runs);
        List<GlueTable> unpredicted = new ArrayList<>();
        for (GlueTable table : GlueTable.values()) {
            if (folders.find(table.predictions()).isEmpty()) {
                unpredicted.add(table);
            }
        }
        requireSome(runs, unpredicted, data);
        List<Table> tables = new ArrayList<>();
        for (GlueTable table : GlueTable.values()) {
            Optional<Path> found = folders.find(table.predictions());
            tables.add(found.isPresent() ? predicted(table, found.get(), data) : filled(table, nonNull(data)));
        }
        return new Submission(tables);
    }

    private static void requireSome(List<Path> runs, List<GlueTable> unpredicted, @Nullable Path data) {
        String names =
                String.join(", ", unpredicted.stream().map(GlueTable::file).toList());
        if (unpredicted.size() == GlueTable.values().length) {
            throw new PaletteException(
                    "no test set of GLUE is predicted in %s; predict them first: palette predict RUN --data DIR --splits test"
                            .formatted(String.join(
                                    ", ", runs.stream().map(Path::toString).toList())));
        }
        if (!unpredicted.isEmpty() && data == null) {
            throw new PaletteException(
                    "nothing predicts %s; name GLUE's data with --data DIR to have these filled with the commonest label, or predict them first: palette predict RUN --data DIR --splits test"
                            .formatted(names));
        }
    }

    private static Path nonNull(@Nullable Path data) {
        if (data == null) {
            throw new IllegalStateException("asked for before");
        }
        return data;
    }

    private static Table predicted(GlueTable table, Path file, @Nullable Path data) {
        List<String> texts = Predictions.read(file).texts();
        List<String> predictions = new ArrayList<>(texts.size());
        for (String text : texts) {
            int line = predictions.size() + 2;
            predictions.add(table.text(text)
                    .orElseThrow(() -> new PaletteException("%s:%d: found the prediction '%s', expected %s"
                            .formatted(file, line, text, table.expected()))));
        }
        Optional<Integer> expected = data == null ? Optional.empty() : table.rowsIn(data);
        if (expected.isPresent() && expected.get() != predictions.size()) {
            throw new PaletteException(
                    "%s has %,d predictions, but the test set in %s has %,d examples; predict again, or name the data it was made with"
                            .formatted(file, predictions.size(), data, expected.get()));
        }
        return new Table(table, predictions, file, rowsWarning(table, predictions.size()));
    }

    private static Table filled(GlueTable table, Path data) {
        Target target = table.trainedTask().target();
        float[] commonest =
                table.trainedTask().read(Split.TRAIN, data).commonest().orElseThrow();
        String prediction =
                table.text(target.text(target.prediction(commonest))).orElseThrow();
        int rows = table.rowsIn(data).orElse(table.officialRows());
        return new Table(table, Collections.nCopies(rows, prediction), null, rowsWarning(table, rows));
    }

    private static Optional<String> rowsWarning(GlueTable table, int rows) {
        return rows == table.officialRows()
                ? Optional.empty()
                : Optional.of("%s has %,d rows, GLUE's test set has %,d: the server will refuse it"
                        .formatted(table.file(), rows, table.officialRows()));
    }

    /**
     * Writes the archive, whole or not at all; the same predictions give the same bytes.
     *
     * @throws PaletteException when it cannot be written
     */
    public void write(Path archive) {
        AtomicFile.write(archive, channel -> {
            ZipOutputStream zip =
                    new ZipOutputStream(Channels.newOutputStream(channel)); // closing it would close the channel
            for (Table table : tables) {
                ZipEntry entry = new ZipEntry(table.of().file());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(text(table).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    private static String text(Table table) {
        StringBuilder text = new StringBuilder("index\tprediction\n");
        for (int row = 0; row < table.predictions().size(); row++) {
            text.append(row).append('\t').append(table.predictions().get(row)).append('\n');
        }
        return text.toString();
    }
}
