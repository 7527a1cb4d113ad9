package dev.palette.report.analysis;

import dev.palette.result.Provenance;
import dev.palette.result.RunResult;
import dev.palette.result.TrialRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What runs took of one kind of device.
 *
 * @param device e.g. {@code cpu, AMD EPYC, 2 threads}
 * @param runs that have begun there
 * @param seconds of training, all runs together
 * @param tokensPerSecond word pieces trained on, over that time
 * @param peakMemoryBytes the most that a finished run's process held; 0 where none is finished
 * @param joules that the finished runs' devices drew in training; NaN where that of one is not known, or none is finished
 * @param secondsByTask of training, by the task whose batch was at hand
 */
public record MachineUse(
        String device,
        int runs,
        double seconds,
        double tokensPerSecond,
        long peakMemoryBytes,
        double joules,
        Map<String, Double> secondsByTask) {
    private static final String UNKNOWN = "not known before a run is finished";

    /** Every kind of device that some runs were trained on. */
    public static List<MachineUse> of(List<TrialRun> runs, List<RunMetrics> logs) {
        Map<String, List<Integer>> byDevice = IntStream.range(0, runs.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> runs.get(i).provenance().map(MachineUse::device).orElse(UNKNOWN),
                        TreeMap::new,
                        Collectors.toList()));
        List<MachineUse> all = new ArrayList<>();
        byDevice.forEach((device, indices) -> all.add(of(
                device,
                indices.stream().map(runs::get).toList(),
                indices.stream().map(logs::get).toList())));
        return all;
    }

    private static MachineUse of(String device, List<TrialRun> runs, List<RunMetrics> logs) {
        Map<String, Double> byTask = new TreeMap<>();
        TaskUse total = TaskUse.NOTHING;
        for (RunMetrics log : logs) {
            log.uses().forEach((task, use) -> byTask.merge(task, use.seconds(), Double::sum));
            total = total.plus(log.total());
        }
        long peak = runs.stream()
                .flatMap(run -> run.result().stream())
                .mapToLong(result -> result.peakMemoryBytes())
                .max()
                .orElse(0);
        double speed = total.seconds() > 0 ? total.tokens() / total.seconds() : Double.NaN;
        return new MachineUse(device, runs.size(), total.seconds(), speed, peak, joules(runs), byTask);
    }

    private static double joules(List<TrialRun> runs) {
        List<RunResult> finished =
                runs.stream().flatMap(run -> run.result().stream()).toList();
        return finished.isEmpty()
                ? Double.NaN
                : finished.stream()
                        .mapToDouble(result -> result.energy().orElse(Double.NaN))
                        .sum();
    }

    /** What computed, as one line. */
    static String device(Provenance by) {
        String replicas = by.replicas() > 1 ? ", %d replicas".formatted(by.replicas()) : "";
        return "%s, %s, %d threads%s".formatted(by.device(), by.processor(), by.threads(), replicas);
    }
}
