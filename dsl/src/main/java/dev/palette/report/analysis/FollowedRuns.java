package dev.palette.report.analysis;

import dev.palette.experiment.Vocabulary;
import dev.palette.result.ExperimentFile;
import dev.palette.result.RunSet;
import dev.palette.result.StoredRun;
import dev.palette.result.TrialRun;
import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Some folders of runs, looked at as often as wanted: what is finished is read once, and logs are read on from where they were left. */
public final class FollowedRuns {
    private final Supplier<? extends Collection<Path>> folders;
    private final Vocabulary vocabulary;
    private final Map<Path, TrialRun> finished = new HashMap<>();
    private final Map<Path, RunMetrics> metrics = new HashMap<>();

    /**
     * Nothing is read so far.
     *
     * @param folders finds the runs' folders, each time anew
     * @param vocabulary the words that trials may use
     */
    public FollowedRuns(Supplier<? extends Collection<Path>> folders, Vocabulary vocabulary) {
        this.folders = folders;
        this.vocabulary = vocabulary;
    }

    /**
     * What is there at one moment.
     *
     * @param runs variant by variant, seed by seed
     * @param metrics what each has logged, in the same order
     * @param experiments what their experiments' folders say, by the experiments' names, as far as a script was run there
     * @param problems what could not be read, each with its remedy
     * @param changed whether anything is not as it was at the last look
     */
    public record Look(
            List<TrialRun> runs,
            List<RunMetrics> metrics,
            Map<String, ExperimentFile> experiments,
            List<String> problems,
            boolean changed) {}

    /** Reads what is new. */
    public Look look() {
        List<Path> there = folders.get().stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        boolean changed = finished.keySet().retainAll(there);
        changed |= metrics.keySet().retainAll(there);
        RunSet read = RunSet.read(
                there.stream().filter(folder -> !finished.containsKey(folder)).toList(), vocabulary);
        List<String> problems = new ArrayList<>(read.damaged());
        List<TrialRun> runs = Stream.concat(
                        read.runs().stream().map(run -> withProvenance(run, problems)), finished.values().stream())
                .collect(Collectors.groupingBy(FollowedRuns::order, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(same -> same.stream().sorted(Comparator.comparingLong(TrialRun::seed)))
                .toList();
        for (TrialRun run : runs) {
            StoredRun files = run.files();
            changed |= metrics.putIfAbsent(files.folder(), new RunMetrics(files.metrics())) == null;
        }
        changed |= runs.parallelStream()
                .filter(run -> !finished.containsKey(run.files().folder()))
                .map(run -> logOf(run).follow())
                .reduce(false, Boolean::logicalOr);
        for (TrialRun run : read.finished()) {
            finished.put(run.files().folder(), run);
            changed = true;
        }
        Map<String, ExperimentFile> experiments = experiments(runs, problems);
        List<RunMetrics> logs = runs.stream().map(this::logOf).toList();
        logs.forEach(log -> log.problem().ifPresent(problems::add));
        return new Look(runs, logs, experiments, problems, changed);
    }

    /** What puts variants in an order in which a person finds them. */
    private static String order(TrialRun run) {
        return String.join("\n", run.experiment(), run.adapter(), run.sampler(), run.variant());
    }

    /** Runs at work say by what they are made as well. */
    private static TrialRun withProvenance(TrialRun run, List<String> problems) {
        if (run.provenance().isPresent()) {
            return run;
        }
        try {
            return new TrialRun(
                    run.files(),
                    run.trial(),
                    run.adapter(),
                    run.sampler(),
                    run.tasks(),
                    run.result(),
                    Optional.of(run.files().provenance()));
        } catch (PaletteException e) {
            problems.add(String.valueOf(e.getMessage()));
            return run;
        }
    }

    private RunMetrics logOf(TrialRun run) {
        return metrics.getOrDefault(
                run.files().folder(), new RunMetrics(run.files().metrics()));
    }

    private static Map<String, ExperimentFile> experiments(List<TrialRun> runs, List<String> problems) {
        Map<String, ExperimentFile> found = new TreeMap<>();
        runs.stream()
                .map(run -> run.files().folder().resolveSibling(""))
                .distinct()
                .forEach(folder -> {
                    try {
                        Optional<ExperimentFile> file = ExperimentFile.read(folder);
                        file.ifPresent(said -> found.put(folder.getFileName().toString(), said));
                    } catch (PaletteException e) {
                        problems.add(String.valueOf(e.getMessage()));
                    }
                });
        return found;
    }
}
