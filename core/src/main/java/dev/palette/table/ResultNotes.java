package dev.palette.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.table.Measure.OfAverage;
import dev.palette.task.Average;
import dev.palette.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a reader of the results must know: split, seeds, what the averages are, how checkpoints were chosen, over what else lines are
 * means, and what is missing.
 */
final class ResultNotes {
    private final RunSet set;
    private final Lines lines;
    private final List<TableColumn> columns;
    private final TableSpec spec;

    ResultNotes(RunSet set, Lines lines, List<TableColumn> columns, TableSpec spec) {
        this.set = set;
        this.lines = lines;
        this.columns = columns;
        this.spec = spec;
    }

    /** The notes of a table with these rows. */
    List<String> of(List<Table.Group> groups) {
        List<String> notes = new ArrayList<>();
        if (measures().stream().anyMatch(Measure::isScore)) {
            notes.add(seeds());
        }
        columnNotes().ifPresent(notes::add);
        selections().forEach(notes::add);
        devExamples().forEach(notes::add);
        remarks().forEach(notes::add);
        if (!spec.over().isEmpty()) {
            notes.add(
                    "Each line is a mean over %s as well as over seeds.".formatted(String.join(" and ", spec.over())));
        }
        if (!spec.choose().isEmpty()) {
            notes.add("Of %s the value with the highest score on the selection split is shown."
                    .formatted(String.join(" and ", spec.choose())));
        }
        marks(groups).forEach(mark -> notes.add(mark.meaning() + "."));
        missing().forEach(notes::add);
        return notes;
    }

    private String seeds() {
        List<Long> seeds =
                set.runs().stream().map(TrialRun::seed).distinct().sorted().toList();
        String listed = SeedRanges.text(seeds);
        if (seeds.size() < 2) {
            return "Dev sets, values × 100, seed %s.".formatted(listed);
        }
        String shown = switch (spec.cells()) {
            case MEAN -> "mean";
            case DEVIATION -> "mean ± sample standard deviation";
            case INTERVAL -> "mean and its 95 % interval (Student's t)";
        };
        return "Dev sets, values × 100: %s over seeds %s.".formatted(shown, listed);
    }

    private List<Measure> measures() {
        return columns.stream().flatMap(column -> column.measures().stream()).toList();
    }

    private Optional<String> columnNotes() {
        List<String> notes = new ArrayList<>();
        for (Measure measure : measures()) {
            if (measure instanceof OfAverage average) {
                notes.add("%s: %s.".formatted(average.title(), formula(average.formula())));
            }
        }
        Set<String> keys = columns.stream().map(TableColumn::key).collect(Collectors.toSet());
        if (keys.contains("parameters")) {
            notes.add("parameters: as a multiple of the BERT encoder's.");
        }
        if (keys.contains("time")) {
            notes.add("time: of training, mean over seeds.");
        }
        if (keys.contains("memory")) {
            notes.add("memory: the most that the process held, mean over seeds.");
        }
        if (keys.contains("energy")) {
            notes.add("energy: what the devices drew in training, whoever used them, mean over seeds.");
        }
        return notes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", notes));
    }

    private static String formula(Average average) {
        return switch (average) {
            case GLUE, SUPERGLUE -> "the mean of each task's metrics, then over tasks";
            case PAPER -> "the mean of the paper's columns, one metric each";
            case ORIGINAL -> "the mean of the original code's figures: each task's first metric";
        };
    }

    /** How checkpoints were chosen: one note, or one for each way, where runs differ. */
    private List<String> selections() {
        return set.runs().stream()
                .map(run -> selection(run.keepBest(), RunResult.selection(run.trial())))
                .distinct()
                .toList();
    }

    private static String selection(Average average, String selectedOn) {
        if (selectedOn.equals(RunResult.NOTHING)) {
            return "Weights of the last step; no split chose them.";
        }
        String chosen = "Checkpoints chosen by %s on %s".formatted(average.label(), selectedOn);
        return RunResult.isReported(selectedOn)
                ? chosen + ", the very examples that are reported here: expect less on new ones."
                : chosen + " of the training examples.";
    }

    /** Where dev sets were not looked at as a whole. */
    private List<String> devExamples() {
        return set.runs().stream()
                .map(run -> run.trial().at("/training/evaluate/devExamples"))
                .filter(JsonNode::isInt)
                .distinct()
                .map(most ->
                        "Of each dev set at most %,d examples, of its classes in proportion and the same for every line."
                                .formatted(most.intValue()))
                .toList();
    }

    private List<String> remarks() {
        return set.runs().stream()
                .flatMap(run -> run.tasks().stream())
                .map(Task::remarks)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<String> missing() {
        List<String> notes = new ArrayList<>();
        long finished =
                lines.list().stream().mapToLong(line -> line.finished().size()).sum();
        long all = lines.list().stream().mapToLong(line -> line.runs().size()).sum();
        if (finished < all) {
            notes.add("Partial: %d of %d trials are finished%s.".formatted(finished, all, stoppedEarly()));
        }
        boolean seedsMissing = lines.list().stream()
                .anyMatch(line ->
                        line.runs().stream().map(TrialRun::seed).distinct().count() < line.asked());
        if (seedsMissing) {
            notes.add("Not every line has every seed: see seeds.");
        }
        if (!set.damaged().isEmpty()) {
            notes.add("%d %s not in the table: %s"
                    .formatted(
                            set.damaged().size(),
                            set.damaged().size() == 1 ? "damaged run is" : "damaged runs are",
                            String.join("; ", set.damaged())));
        }
        List<Integer> numerics = SameExamples.numerics(set);
        if (numerics.size() > 1) {
            notes.add("Made by different versions of the numerics: %s."
                    .formatted(numerics.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        return notes;
    }

    private String stoppedEarly() {
        long stopped = lines.list().stream()
                .flatMap(line -> line.runs().stream())
                .filter(run -> !run.isFinished() && run.files().isStoppedEarly())
                .count();
        return stopped == 0 ? "" : "; %d were stopped early by the search".formatted(stopped);
    }

    private static List<Mark> marks(List<Table.Group> groups) {
        Set<Mark> seen = groups.stream()
                .flatMap(group -> group.rows().stream())
                .flatMap(row -> row.cells().stream())
                .filter(Cell.Figures.class::isInstance)
                .flatMap(cell -> ((Cell.Figures) cell).marks().stream())
                .collect(Collectors.toSet());
        return Arrays.stream(Mark.values()).filter(seen::contains).toList();
    }
}
