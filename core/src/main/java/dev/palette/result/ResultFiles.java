package dev.palette.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.storage.AtomicFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table's files in {@code <out>/<experiment>/}, each replaced whole:
 *
 * <ul>
 *   <li>{@code results.md}: the table as printed;
 *   <li>{@code results.csv}: a row for each adapter, sampler, seed, task, split and metric, as statistics programs like it; the
 *       majority baseline's rows have no sampler and seed;
 *   <li>{@code results.json}: the same rows, and what the table makes of them: aggregates over seeds, averages, parameters,
 *   baseline.
 * </ul>
 *
 * <p>Values are fractions in {@code .csv} and {@code .json}.
 */
public final class ResultFiles {
    private static final int FORMAT = 1;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ResultFiles() {}

    /**
     * Writes all three.
     *
     * @param folder {@code <out>/<experiment>}
     * @throws dev.palette.spec.PaletteException when the folder cannot be written
     */
    public static void write(ResultTable table, Path folder) {
        AtomicFile.writeText(folder.resolve("results.md"), table.markdown());
        AtomicFile.writeText(folder.resolve("results.csv"), csv(table));
        AtomicFile.writeText(folder.resolve("results.json"), json(table).toPrettyString() + "\n");
    }

    static String csv(ResultTable table) {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader("adapter", "sampler", "seed", "task", "split", "metric", "value")
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter csv = new CSVPrinter(text, format)) {
            for (Score s : table.majority()) {
                csv.printRecord("majority", "", "", s.task(), s.split(), s.metric(), s.value());
            }
            for (RunResult run : table.results()) {
                for (Score s : run.scores()) {
                    csv.printRecord(
                            run.adapter(), run.sampler(), run.seed(), s.task(), s.split(), s.metric(), s.value());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static ObjectNode json(ResultTable table) {
        ObjectNode root = JSON.objectNode();
        root.put("format", FORMAT);
        root.put("experiment", table.experiment().name());
        String selectedOn =
                RunResult.text(table.experiment().training().evaluate().selectOn());
        root.put("selectedOn", selectedOn);
        root.put("selectedOnReported", RunResult.isReported(selectedOn));
        ArrayNode rows = root.putArray("rows");
        for (RunResult run : table.results()) {
            run.scores()
                    .forEach(score -> addScore(
                            rows.addObject()
                                    .put("adapter", run.adapter())
                                    .put("sampler", run.sampler())
                                    .put("seed", run.seed()),
                            score));
        }
        ArrayNode majority = root.putArray("majority");
        table.majority().forEach(score -> addScore(majority.addObject(), score));
        root.set("aggregates", aggregates(table));
        root.set("averages", averages(table));
        root.set("parameters", parameters(table));
        return root;
    }

    private static void addScore(ObjectNode row, Score score) {
        row.put("task", score.task())
                .put("split", score.split())
                .put("metric", score.metric())
                .put("value", score.value());
    }

    private static ArrayNode aggregates(ResultTable table) {
        ArrayNode aggregates = JSON.arrayNode();
        for (TableLine line : finished(table)) {
            for (TableColumn column : table.columns()) {
                column.task().metrics().forEach(metric -> {
                    ObjectNode aggregate = name(aggregates.addObject(), line)
                            .put("task", column.task().name())
                            .put("split", column.evaluation().split().label())
                            .put("metric", metric.label());
                    addAggregate(aggregate, line.metric(column, metric), table);
                });
            }
        }
        return aggregates;
    }

    private static ArrayNode averages(ResultTable table) {
        ArrayNode averages = JSON.arrayNode();
        for (TableLine line : finished(table)) {
            ObjectNode average = name(averages.addObject(), line)
                    .put("formula", table.average().label());
            addAggregate(average, line.average(table.average(), table.columns()), table);
        }
        return averages;
    }

    private static ArrayNode parameters(ResultTable table) {
        ArrayNode parameters = JSON.arrayNode();
        for (TableLine line : finished(table)) {
            table.results().stream()
                    .filter(run -> run.adapter().equals(line.adapter())
                            && run.sampler().equals(line.sampler()))
                    .findFirst()
                    .map(RunResult::parameters)
                    .ifPresent(size -> name(parameters.addObject(), line)
                            .put("total", size.total())
                            .put("encoder", size.encoder())
                            .put("timesEncoder", size.timesEncoder()));
        }
        return parameters;
    }

    private static List<TableLine> finished(ResultTable table) {
        return table.lines().stream().filter(line -> !line.runs().isEmpty()).toList();
    }

    private static ObjectNode name(ObjectNode node, TableLine line) {
        return node.put("adapter", line.adapter()).put("sampler", line.sampler());
    }

    /** Mean, standard deviation (left out for one seed), seeds finished and seeds asked for. */
    private static void addAggregate(ObjectNode node, Aggregate aggregate, ResultTable table) {
        node.put("mean", aggregate.mean());
        aggregate.deviation().ifPresent(deviation -> node.put("standardDeviation", deviation));
        node.put("seeds", aggregate.n())
                .put("seedsAsked", table.experiment().seeds().size());
    }
}
