package dev.palette.table;

import dev.palette.result.TrialRun;
import dev.palette.statistics.ResampledScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the seeds of a line score in one figure. Runs of one seed, where a line is a mean over more than seeds, are averaged first, so that
 * every seed counts alike.
 *
 * @param observed by seed
 * @param resampled by seed, on examples drawn anew; empty where the predictions of a run do not tell
 */
record LineScores(SortedMap<Long, Double> observed, Optional<SortedMap<Long, ResampledScore>> resampled) {

    static LineScores of(Line line, Measure measure, SavedScores saved) {
        SortedMap<Long, ResampledScore> resampled = new TreeMap<>();
        bySeed(line, measure).forEach((seed, runs) -> {
            List<ResampledScore> scores = runs.stream()
                    .flatMap(run -> measure.resampled(run, saved).stream())
                    .toList();
            if (scores.size() == runs.size()) {
                resampled.put(seed, mean(scores));
            }
        });
        SortedMap<Long, Double> observed = observed(line, measure);
        return new LineScores(
                observed, resampled.size() == observed.size() ? Optional.of(resampled) : Optional.empty());
    }

    /** The figure of each seed that has one. */
    static SortedMap<Long, Double> observed(Line line, Measure measure) {
        SortedMap<Long, Double> observed = new TreeMap<>();
        bySeed(line, measure)
                .forEach((seed, runs) -> observed.put(
                        seed,
                        runs.stream()
                                .mapToDouble(run -> value(run, measure).orElseThrow())
                                .average()
                                .orElseThrow()));
        return observed;
    }

    private static SortedMap<Long, List<TrialRun>> bySeed(Line line, Measure measure) {
        SortedMap<Long, List<TrialRun>> bySeed = new TreeMap<>();
        for (TrialRun run : line.finished()) {
            if (value(run, measure).isPresent()) {
                bySeed.computeIfAbsent(run.seed(), unseen -> new ArrayList<>()).add(run);
            }
        }
        return bySeed;
    }

    private static OptionalDouble value(TrialRun run, Measure measure) {
        return run.result().map(measure::of).orElse(OptionalDouble.empty());
    }

    private static ResampledScore mean(List<ResampledScore> scores) {
        return scores.size() == 1
                ? scores.get(0)
                : draw -> scores.stream()
                        .mapToDouble(score -> score.on(draw))
                        .average()
                        .orElseThrow();
    }

    /** Those seeds alone. */
    LineScores only(Iterable<Long> seeds) {
        SortedMap<Long, Double> fewer = new TreeMap<>();
        SortedMap<Long, ResampledScore> scores = new TreeMap<>();
        for (long seed : seeds) {
            fewer.put(seed, observed.getOrDefault(seed, Double.NaN));
            resampled.map(all -> all.get(seed)).ifPresent(score -> scores.put(seed, score));
        }
        return new LineScores(fewer, resampled.map(all -> scores));
    }

    double[] values() {
        return observed.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    double mean() {
        return observed.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** The scores on examples drawn anew, in the order of the seeds. */
    List<ResampledScore> draws() {
        return resampled.map(Map::values).map(List::copyOf).orElse(List.of());
    }
}
