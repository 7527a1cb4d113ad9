package dev.palette.report.page;

import dev.palette.experiment.ExperimentAxis;
import dev.palette.report.analysis.FollowedRuns.Look;
import dev.palette.result.ExperimentFile;
import dev.palette.result.RunSet;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import dev.palette.table.ResultTable;
import dev.palette.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables that a page begins with: those that {@code palette table} prints, one for each experiment. */
public final class ResultTables {
    private ResultTables() {}

    /** Of runs as they were read. Where they make no table, as when they were scored on different examples, that is what is said. */
    public static List<PageTable> of(Look look) {
        List<PageTable> tables = new ArrayList<>();
        look.runs().stream()
                .collect(Collectors.groupingBy(TrialRun::experiment))
                .forEach((experiment, runs) -> tables.addAll(of(
                        experiment,
                        new RunSet(runs, List.of(), names(look.experiments().get(experiment))))));
        return tables;
    }

    private static List<PageTable> of(String experiment, RunSet set) {
        if (set.finished().isEmpty()) {
            return List.of();
        }
        try {
            return ResultTable.of(experiment, set, TableSpec.DEFAULT).stream()
                    .map(table -> new PageTable(
                            table.title(),
                            table.headings().stream()
                                    .map(heading -> heading.text())
                                    .toList(),
                            table.names(),
                            table.texts(),
                            table.below()))
                    .toList();
        } catch (PaletteException e) {
            return List.of(new PageTable(
                    experiment + ": there is no table",
                    List.of(),
                    0,
                    List.of(),
                    List.of(String.valueOf(e.getMessage()))));
        }
    }

    /** Paths by the names that the script gave to them. */
    private static Map<String, String> names(@Nullable ExperimentFile file) {
        return file == null
                ? Map.of()
                : file.axes().stream()
                        .filter(axis -> axis.name() != null)
                        .collect(Collectors.toMap(
                                ExperimentAxis::label, ExperimentAxis::path, (first, second) -> first));
    }
}
