package dev.palette.report.analysis;

import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which tasks a sampling method drew along the steps: those batches that were trained on, counted in the logs of all runs that have it.
 *
 * @param sampler the method's label, with the experiment's name where it stands in several
 * @param tasks the tasks' names, sorted
 * @param grid the steps
 * @param counts batches of each task in each part of the grid
 * @param runs how many runs they were counted in
 */
public record SamplerDraws(String sampler, List<String> tasks, StepGrid grid, List<int[]> counts, int runs) {
    private static final int POINTS = 40;
    private static final String LOSS = ".loss";

    /** What every sampling method drew. Runs of one method with other tasks or another number of steps are counted apart. */
    public static List<SamplerDraws> of(List<TrialRun> runs, List<RunMetrics> logs) {
        Map<List<Object>, List<Integer>> groups = IntStream.range(0, runs.size())
                .boxed()
                .filter(i -> !logs.get(i).uses().isEmpty())
                .collect(Collectors.groupingBy(i -> key(runs.get(i)), LinkedHashMap::new, Collectors.toList()));
        List<SamplerDraws> all = new ArrayList<>();
        for (List<Integer> group : groups.values()) {
            all.add(of(
                    label(runs.get(group.get(0)), runs),
                    group.stream().map(logs::get).toList()));
        }
        return all;
    }

    private static List<Object> key(TrialRun run) {
        return List.of(
                run.experiment(),
                run.trial().path("sampling"),
                run.trial().path("tasks"),
                run.trial().at("/training/steps"));
    }

    private static String label(TrialRun run, List<TrialRun> all) {
        boolean several = all.stream().map(TrialRun::experiment).distinct().count() > 1;
        return several ? "%s (%s)".formatted(run.sampler(), run.experiment()) : run.sampler();
    }

    private static SamplerDraws of(String label, List<RunMetrics> logs) {
        TreeSet<String> tasks = new TreeSet<>();
        logs.forEach(log -> tasks.addAll(log.uses().keySet()));
        List<Series> losses = logs.stream()
                .flatMap(log -> tasks.stream().flatMap(task -> drawn(log, task).stream()))
                .toList();
        StepGrid grid = StepGrid.of(losses, POINTS);
        List<int[]> counts = new ArrayList<>();
        for (String task : tasks) {
            int[] sum = new int[grid.ends().length];
            logs.stream().flatMap(log -> drawn(log, task).stream()).forEach(series -> {
                int[] more = grid.counts(series);
                Arrays.setAll(sum, i -> sum[i] + more[i]);
            });
            counts.add(sum);
        }
        return new SamplerDraws(label, List.copyOf(tasks), grid, counts, logs.size());
    }

    /** The steps that a task was drawn for: each has logged its loss. */
    private static List<Series> drawn(RunMetrics log, String task) {
        Series series = log.series().get(task + LOSS);
        return series == null ? List.of() : List.of(series);
    }
}
