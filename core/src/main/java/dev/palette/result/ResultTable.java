package dev.palette.result;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.task.Average;
import dev.palette.train.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The results of an experiment as a table: a line for each adapter (and sampling method, where there are several), a column
 * for each task with its metrics, the average under its formula's name, and the parameters as a multiple of the encoder's;
 * above them the majority baseline. Cells are means over seeds. Lines that are not finished are shown as far as they are.
 */
public final class ResultTable {
    private static final String NOTHING = "–";

    private final Experiment experiment;
    private final List<RunResult> results;
    private final List<TableColumn> columns;
    private final List<TableLine> lines;

    private ResultTable(Experiment experiment, List<RunResult> results) {
        this.experiment = experiment;
        this.results = results;
        this.columns = TableColumn.of(experiment.tasks());
        this.lines = experiment.adapters().stream()
                .flatMap(adapter ->
                        experiment.samplings().stream().map(sampling -> line(adapter.label(), sampling.label())))
                .toList();
    }

    /**
     * The table of an experiment.
     *
     * @param results of its finished trials, in any order; those of other trials are left out
     */
    public static ResultTable of(Experiment experiment, Collection<RunResult> results) {
        List<RunResult> own = experiment.trials().stream()
                .map(Trial::id)
                .flatMap(id -> results.stream()
                        .filter(result -> result.trial().equals(id))
                        .limit(1))
                .toList();
        return new ResultTable(experiment, own);
    }

    /** For a terminal: aligned columns with the caption below. */
    public String text() {
        return experiment.name() + "\n\n" + TableText.aligned(headings(), rows(), namedColumns()) + "\n"
                + String.join("\n", caption()) + "\n";
    }

    /** The same in Markdown. */
    public String markdown() {
        return "# " + experiment.name() + "\n\n" + TableText.markdown(headings(), rows(), namedColumns())
                + caption().stream().collect(Collectors.joining("\n- ", "\n- ", "\n"));
    }

    /** What a reader must know: split, seeds, what the average is, how the checkpoint was chosen, what is still missing. */
    public List<String> caption() {
        List<String> caption = new ArrayList<>();
        String seeds = experiment.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
        caption.add(
                experiment.seeds().size() > 1
                        ? "Dev sets, values × 100: mean ± sample standard deviation over seeds %s.".formatted(seeds)
                        : "Dev sets, values × 100, seed %s.".formatted(seeds));
        caption.add("%s: %s. parameters: as a multiple of the BERT encoder's."
                .formatted(average().label(), formula()));
        caption.add(selection());
        experiment.tasks().forEach(task -> caption.addAll(task.remarks()));
        if (results.size() < experiment.trials().size()) {
            caption.add("Partial: %d of %d trials are finished."
                    .formatted(results.size(), experiment.trials().size()));
        }
        return caption;
    }

    Experiment experiment() {
        return experiment;
    }

    /** Of the experiment's finished trials, in the trials' order. */
    List<RunResult> results() {
        return results;
    }

    List<TableColumn> columns() {
        return columns;
    }

    /** A line for each adapter and sampling method, in the experiment's order; the baseline is not among them. */
    List<TableLine> lines() {
        return lines;
    }

    Average average() {
        return experiment.training().evaluate().keepBest();
    }

    /** The scores of the model that looks at no text; they hang on the data alone, so any run has them. */
    List<Score> majority() {
        return results.isEmpty() ? List.of() : results.get(0).majority();
    }

    private TableLine line(String adapter, String sampler) {
        List<RunResult> runs = results.stream()
                .filter(run -> run.adapter().equals(adapter) && run.sampler().equals(sampler))
                .toList();
        return new TableLine(
                adapter, sampler, runs.stream().map(RunResult::scores).toList());
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("adapter"));
        if (showsSampler()) {
            headings.add("sampler");
        }
        columns.forEach(column -> headings.add(column.heading()));
        headings.add(average().label());
        headings.add("parameters");
        if (showsSeeds()) {
            headings.add("seeds");
        }
        return headings;
    }

    private List<List<String>> rows() {
        List<Score> majority = majority();
        TableLine baseline = new TableLine("majority", NOTHING, majority.isEmpty() ? List.of() : List.of(majority));
        return Stream.concat(
                        Stream.of(row(baseline, NOTHING, NOTHING)),
                        lines.stream().map(this::row))
                .toList();
    }

    private List<String> row(TableLine line) {
        String parameters = results.stream()
                .filter(run -> run.adapter().equals(line.adapter()))
                .findFirst()
                .map(run -> String.format(Locale.ROOT, "%.4f×", run.parameters().timesEncoder()))
                .orElse(NOTHING);
        return row(
                line, parameters, line.runs().size() + "/" + experiment.seeds().size());
    }

    private List<String> row(TableLine line, String parameters, String seeds) {
        List<String> row = new ArrayList<>(List.of(line.adapter()));
        if (showsSampler()) {
            row.add(line.sampler());
        }
        columns.forEach(column -> row.add(line.covers(column) ? line.cell(column) : NOTHING));
        row.add(
                columns.stream().allMatch(line::covers)
                        ? line.average(average(), columns).percent()
                        : NOTHING);
        row.add(parameters);
        if (showsSeeds()) {
            row.add(seeds);
        }
        return row;
    }

    private boolean showsSampler() {
        return experiment.samplings().size() > 1;
    }

    /** How many seeds a line has: shown where there are several, or where some are missing. */
    private boolean showsSeeds() {
        return experiment.seeds().size() > 1;
    }

    private int namedColumns() {
        return showsSampler() ? 2 : 1;
    }

    private String formula() {
        return switch (average()) {
            case GLUE -> "the mean of each task's metrics, then over tasks";
            case PAPER -> "the mean of the paper's columns, one metric each";
            case ORIGINAL -> "the mean of the original code's figures: each task's first metric";
        };
    }

    private String selection() {
        Selection selection = experiment.training().evaluate().selectOn();
        if (selection instanceof Selection.Nothing) {
            return "Weights of the last step; no split chose them.";
        }
        String chosen = "Checkpoints chosen by %s on %s".formatted(average().label(), RunResult.text(selection));
        return selection instanceof Selection.Dev
                ? chosen + ", the very examples that are reported here: expect less on new ones."
                : chosen + " of the training examples.";
    }
}
