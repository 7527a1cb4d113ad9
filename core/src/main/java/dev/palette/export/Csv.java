package dev.palette.export;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import dev.palette.spec.Block;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file for each run, a row for each point, as statistics programs like it; all files of a sweep have the same columns and can be
 * read one below the other. Numbers that are none are {@code NaN}, {@code inf} and {@code -inf}.
 *
 * @param dir the folder of the files, in which each experiment has one; by default {@code csv} beside an experiment's runs
 */
public record Csv(@Nullable Path dir) implements Export {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "experiment",
                    "trial",
                    "adapter",
                    "sampler",
                    "seed",
                    "part",
                    "metric",
                    "task",
                    "step",
                    "seconds",
                    "value")
            .setRecordSeparator('\n')
            .get();

    @Override
    public String label() {
        return dir == null ? "CSV files" : "CSV files in " + dir;
    }

    @Override
    public Exporter exporter() {
        return CsvRun::new;
    }

    private Path file(ExportedRun run) {
        return ExportFolder.of(run, dir, word()).resolve(run.fileName() + ".csv");
    }

    /** Options of {@code export.csv}. */
    public static final class Options implements Block<Csv> {
        private @Nullable Path dir;

        /** The folder of the files; by default {@code csv} beside an experiment's runs. */
        public Options dir(Path value) {
            dir = value;
            return this;
        }

        @Override
        public Csv build() {
            return new Csv(dir);
        }
    }

    /** One run's file, written anew whenever it is begun. */
    private final class CsvRun implements RunExport {
        private final ExportedRun run;
        private final BufferedWriter text;
        private final CSVPrinter rows;

        CsvRun(ExportedRun run) throws IOException {
            this.run = run;
            Path file = file(run);
            Files.createDirectories(file.resolveSibling(""));
            this.text = Files.newBufferedWriter(file);
            this.rows = new CSVPrinter(text, FORMAT);
            text.flush();
        }

        @Override
        public Position reached() {
            return Position.START;
        }

        @Override
        public void write(List<MetricPoint> points, Position reached) throws IOException {
            for (MetricPoint point : points) {
                rows.printRecord(
                        run.stored().experiment(),
                        run.stored().id(),
                        run.word("adapter"),
                        run.word("sampling"),
                        run.seed(),
                        point.part(),
                        point.name(),
                        Optional.ofNullable(point.task()).orElse(""),
                        point.step(),
                        number(point.elapsed()),
                        number(point.value()));
            }
            text.flush();
        }

        @Override
        public void finish(RunResult result) throws IOException {
            write(FinalPoints.of(result), Position.START);
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }

        private static String number(double value) {
            return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
        }
    }
}
