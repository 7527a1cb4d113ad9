package dev.palette.table;

import dev.palette.result.RunSet;
import dev.palette.result.Score;
import dev.palette.result.TrialRun;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * What an experiment leaves in {@code <out>/<experiment>/} when it was run, each file replaced whole:
 *
 * <ul>
 *   <li>{@code results.md}: the tables as printed;
 *   <li>{@code results.csv}: what they are made of, a row for each run, task, split and metric, as statistics programs like it; the
 *       majority baseline's rows have no seed;
 *   <li>{@code results.json}: the tables for programs.
 * </ul>
 *
 * <p>Values are fractions in {@code .csv} and {@code .json}.
 */
public final class TableFiles {
    private TableFiles() {}

    /**
     * Writes all three.
     *
     * @param folder {@code <out>/<experiment>}
     * @throws dev.palette.spec.PaletteException when the folder cannot be written
     */
    public static void write(List<Table> tables, RunSet set, Path folder) {
        AtomicFile.writeText(folder.resolve("results.md"), TableFormat.MARKDOWN.render(tables, TableFormat.ANY_WIDTH));
        AtomicFile.writeText(folder.resolve("results.csv"), scores(set));
        AtomicFile.writeText(folder.resolve("results.json"), TableFormat.JSON.render(tables, TableFormat.ANY_WIDTH));
    }

    /** Every score of every finished run. */
    static String scores(RunSet set) {
        Axes axes = new Axes(set.runs(), set.names());
        List<TableAxis> named =
                new ArrayList<>(List.of(TableAxis.of(TableAxis.ADAPTER), TableAxis.of(TableAxis.SAMPLING)));
        axes.varying().stream()
                .filter(axis -> named.stream().noneMatch(known -> known.path().equals(axis.path())))
                .forEach(named::add);
        List<String> header =
                new ArrayList<>(named.stream().map(TableAxis::heading).toList());
        header.addAll(List.of("seed", "task", "split", "metric", "value"));
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(header.toArray(String[]::new))
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            List<String> majority = new ArrayList<>(List.of("majority"));
            named.forEach(axis -> majority.add("")); // of the other axes, and of the seed
            for (TrialRun run : set.finished().stream().limit(1).toList()) {
                print(csv, majority, run.result().orElseThrow().majority());
            }
            for (TrialRun run : set.finished()) {
                List<String> names = new ArrayList<>(
                        named.stream().map(axis -> axis.value(run)).toList());
                names.add(Long.toString(run.seed()));
                print(csv, names, run.result().orElseThrow().scores());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void print(CSVPrinter csv, List<String> names, List<Score> scores) throws IOException {
        for (Score score : scores) {
            List<Object> row = new ArrayList<>(names);
            row.addAll(List.of(score.task(), score.split(), score.metric(), score.value()));
            csv.printRecord(row);
        }
    }
}
