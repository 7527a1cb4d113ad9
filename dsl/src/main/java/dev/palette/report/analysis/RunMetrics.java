package dev.palette.report.analysis;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile;
import dev.palette.result.MetricsFile.Position;
import dev.palette.spec.PaletteException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one run has logged so far. It is read on from where it was left, so that a run can be followed as it goes. */
public final class RunMetrics {
    private static final String TOKENS = "tokens";
    private static final String SECONDS = "seconds";
    private static final String JOULES = "joules";

    private final MetricsFile file;
    private final SortedMap<String, Series> series = new TreeMap<>();
    private final SortedMap<String, TaskUse> uses = new TreeMap<>();
    private Position position = Position.START;
    private long step;
    private Optional<String> problem = Optional.empty();

    /** Of a file that need not exist yet; nothing is read so far. */
    public RunMetrics(MetricsFile file) {
        this.file = file;
    }

    /**
     * Reads what has come since the last call; begins anew where the run went back to a checkpoint.
     *
     * @return whether there was anything
     */
    public boolean follow() {
        if (problem.isPresent()) {
            return false; // what stands before the damaged line is here already
        }
        Position before = position;
        try {
            position = file.read(position, Integer.MAX_VALUE, this::add).orElseGet(this::anew);
        } catch (PaletteException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        return problem.isPresent() || !position.equals(before);
    }

    private Position anew() {
        series.clear();
        uses.clear();
        step = 0;
        return file.read(Position.START, Integer.MAX_VALUE, this::add).orElse(Position.START);
    }

    private void add(MetricPoint point) {
        step = Math.max(step, point.step());
        String task = point.task();
        if (task != null && point.name().equals(TOKENS)) {
            uses.merge(task, new TaskUse(0, point.value(), 0), TaskUse::plus);
        } else if (task != null && point.name().equals(SECONDS)) {
            uses.merge(task, new TaskUse(1, 0, point.value()), TaskUse::plus);
        } else if (!point.name().equals(JOULES)) { // a run's energy is its result's
            series.computeIfAbsent(point.name(), unseen -> new Series()).add(point.step(), point.value());
        }
    }

    /** Losses and selection scores by the metric's name. */
    public SortedMap<String, Series> series() {
        return Collections.unmodifiableSortedMap(series);
    }

    /** What each task's batches took, by the task's name. */
    public SortedMap<String, TaskUse> uses() {
        return Collections.unmodifiableSortedMap(uses);
    }

    /** The last step that was logged; 0 before the first. */
    public long step() {
        return step;
    }

    /** What all steps took. */
    public TaskUse total() {
        return uses.values().stream().reduce(TaskUse.NOTHING, TaskUse::plus);
    }

    /** What is wrong with the file: what stands behind that place is not here. */
    public Optional<String> problem() {
        return problem;
    }
}
