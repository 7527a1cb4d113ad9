package dev.palette.report.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Some runs by variant, and by what the variants differ.
 *
 * @param list in the order of their first runs
 * @param axes what differs; the experiments first, where there are several
 */
public record Variants(List<VariantRuns> list, List<SweepAxis> axes) {
    private static final String EXPERIMENT = "experiment";

    /** Copies the lists. */
    public Variants {
        list = List.copyOf(list);
        axes = List.copyOf(axes);
    }

    /**
     * Groups runs.
     *
     * @param named what scripts called the axes; paths that differ without having been called anything are found as well
     */
    public static Variants of(List<TrialRun> runs, Collection<ExperimentAxis> named) {
        Map<String, List<Integer>> byVariant = IntStream.range(0, runs.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> runs.get(i).variant(), LinkedHashMap::new, Collectors.toList()));
        List<List<Integer>> groups = List.copyOf(byVariant.values());
        List<TrialRun> firsts =
                groups.stream().map(group -> runs.get(group.get(0))).toList();
        List<SweepAxis> axes = axes(firsts, named);
        List<VariantRuns> list = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            List<Integer> group = groups.get(i);
            list.add(new VariantRuns(
                    label(axes, i, firsts.get(i)), group.stream().map(runs::get).toList(), group));
        }
        return new Variants(list, axes);
    }

    private static List<SweepAxis> axes(List<TrialRun> firsts, Collection<ExperimentAxis> named) {
        List<SweepAxis> axes = new ArrayList<>();
        Set<String> experiments = firsts.stream().map(TrialRun::experiment).collect(Collectors.toSet());
        if (experiments.size() > 1) {
            List<@Nullable String> names = new ArrayList<>();
            firsts.forEach(run -> names.add(run.experiment()));
            axes.add(new SweepAxis(EXPERIMENT, EXPERIMENT, names, new double[0]));
        }
        Map<String, String> names = new LinkedHashMap<>();
        named.stream()
                .filter(axis -> axis.name() != null)
                .forEach(axis -> names.putIfAbsent(axis.path(), axis.label()));
        Set<JsonNode> trials = new LinkedHashSet<>();
        firsts.forEach(run -> trials.add(run.trial()));
        DifferingPaths.of(trials).forEach((path, optionsDiffer) -> {
            ExperimentAxis axis = new ExperimentAxis(names.get(path), path);
            axes.add(SweepAxis.of(axis, firsts, optionsDiffer));
        });
        return distinctLabels(axes);
    }

    /** Two paths may end in one word, as sizes of two adapters do: these are called by their whole paths. */
    private static List<SweepAxis> distinctLabels(List<SweepAxis> axes) {
        Map<String, Long> counts =
                axes.stream().collect(Collectors.groupingBy(SweepAxis::label, Collectors.counting()));
        return axes.stream()
                .map(axis -> counts.getOrDefault(axis.label(), 0L) == 1
                        ? axis
                        : new SweepAxis(axis.path(), axis.path(), axis.texts(), axis.numbers()))
                .toList();
    }

    private static String label(List<SweepAxis> axes, int variant, TrialRun first) {
        List<String> parts = new ArrayList<>();
        for (SweepAxis axis : axes) {
            String value = axis.texts().get(variant);
            if (value != null) {
                parts.add(axis.isNumeric() ? axis.label() + " " + value : value);
            }
        }
        return parts.isEmpty() ? "%s, %s".formatted(first.adapter(), first.sampler()) : String.join(", ", parts);
    }
}
