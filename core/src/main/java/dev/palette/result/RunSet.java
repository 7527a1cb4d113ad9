package dev.palette.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.TrialLabels.Labels;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The runs that a table is made of: of folders, or of an experiment's trials, those that were not begun among them. Only small files
 * are read, thousands of runs in a second or two.
 *
 * @param runs finished or not; none that was set aside as stale
 * @param damaged what is wrong with each run that cannot be read, with the remedy
 * @param names paths in a trial's JSON, by the names that a script gave to what varies there
 */
public record RunSet(List<TrialRun> runs, List<String> damaged, Map<String, String> names) {
    /** Copies lists and names. */
    public RunSet {
        runs = List.copyOf(runs);
        damaged = List.copyOf(damaged);
        names = Map.copyOf(names);
    }

    /**
     * The runs in some folders, the smallest models first.
     *
     * @param folders as {@link RunFolders} finds them
     * @param vocabulary the words that trials may use; those of a plug-in that is missing are shown as they are
     */
    public static RunSet read(Collection<Path> folders, Vocabulary vocabulary) {
        TrialLabels labels = new TrialLabels(vocabulary);
        List<Reading> readings = folders.parallelStream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .filter(folder -> !new RunFiles(folder).isSetAside())
                .map(folder -> reading(new StoredRun(folder), labels))
                .toList();
        return new RunSet(
                TrialOrder.sorted(readings.stream()
                        .flatMap(reading -> reading.run().stream())
                        .toList()),
                readings.stream().flatMap(reading -> reading.problem().stream()).toList(),
                names(folders.stream()
                        .map(folder -> new StoredRun(folder).folder().resolveSibling(""))
                        .distinct()
                        .flatMap(folder -> ExperimentFile.read(folder).stream())
                        .flatMap(file -> file.axes().stream())
                        .toList()));
    }

    /**
     * The runs of an experiment's trials, in their order.
     *
     * @param folder the experiment's
     * @param trials all that were asked for
     * @param axes what varies over them
     * @param results of those that are finished; others are left out
     */
    public static RunSet of(Path folder, List<Trial> trials, List<ExperimentAxis> axes, Collection<RunResult> results) {
        Map<String, RunResult> byTrial = results.stream()
                .collect(Collectors.toMap(RunResult::trial, Function.identity(), (first, second) -> first));
        List<TrialRun> runs = new ArrayList<>();
        for (Trial trial : trials) {
            StoredRun files = new StoredRun(folder.resolve(trial.id()));
            runs.add(run(files, tree(trial), Labels.of(trial), Optional.ofNullable(byTrial.get(trial.id()))));
        }
        return new RunSet(runs, List.of(), names(axes));
    }

    /** Those that are finished. */
    public List<TrialRun> finished() {
        return runs.stream().filter(TrialRun::isFinished).toList();
    }

    /** The names of their experiments, each once. */
    public List<String> experiments() {
        return runs.stream().map(TrialRun::experiment).distinct().sorted().toList();
    }

    /** The names that a script gave; of two places under one name, as an axis may have that stands in several, the first. */
    private static Map<String, String> names(List<ExperimentAxis> axes) {
        Map<String, String> names = new LinkedHashMap<>();
        for (ExperimentAxis axis : axes) {
            if (axis.name() != null) {
                names.putIfAbsent(axis.name(), axis.path());
            }
        }
        return names;
    }

    /** A run, or why there is none. */
    private record Reading(Optional<TrialRun> run, Optional<String> problem) {}

    private static Reading reading(StoredRun files, TrialLabels labels) {
        try {
            JsonNode trial = files.trial();
            return new Reading(Optional.of(run(files, trial, labels.of(trial), files.result())), Optional.empty());
        } catch (PaletteException e) {
            return new Reading(Optional.empty(), Optional.of(e.getMessage()));
        }
    }

    private static TrialRun run(StoredRun files, JsonNode trial, Labels labels, Optional<RunResult> result) {
        boolean isThere = result.isPresent() && Files.isDirectory(files.folder());
        return new TrialRun(
                files,
                trial,
                labels.adapter(),
                labels.sampler(),
                labels.tasks(),
                result,
                isThere ? Optional.of(files.provenance()) : Optional.empty());
    }

    private static JsonNode tree(Trial trial) {
        try {
            return StrictJson.mapper().readTree(trial.question().json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own JSON cannot fail to be read", e);
        }
    }
}
