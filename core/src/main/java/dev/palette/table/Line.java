package dev.palette.table;

import dev.palette.result.TrialRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a table: one value of each of its rows' axes. The lines of one table are told apart by their names.
 *
 * @param names the values
 * @param runs of all its seeds, finished or not
 * @param asked seeds of the whole table
 */
record Line(List<String> names, List<TrialRun> runs, int asked) {
    /** Copies the lists. */
    Line {
        names = List.copyOf(names);
        runs = List.copyOf(runs);
    }

    /** Those of its runs that found something. */
    List<TrialRun> finished() {
        return runs.stream().filter(TrialRun::isFinished).toList();
    }

    /** Seeds of which something is finished. */
    int seeds() {
        return (int) finished().stream().map(TrialRun::seed).distinct().count();
    }

    /** What words call it: {@code PALs(204), annealed}. */
    String title() {
        return String.join(", ", names);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Line line && line.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }
}
