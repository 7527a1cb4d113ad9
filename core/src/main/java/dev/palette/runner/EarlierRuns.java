package dev.palette.runner;

import dev.palette.experiment.Experiment;
import dev.palette.experiment.Point;
import dev.palette.experiment.Points;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.FinishedRuns;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.search.Observation;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the finished runs of an experiment say of a search space, whatever sweep they were run for. */
final class EarlierRuns {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierRuns.class);

    private EarlierRuns() {}

    /**
     * The points of finished runs with their scores, means over seeds.
     *
     * @param folder the experiment's
     * @param metric what is searched for
     */
    static List<Observation> observations(Experiment experiment, Path folder, String metric) {
        Map<Point, List<Double>> scores = new LinkedHashMap<>();
        Vocabulary vocabulary = Vocabulary.installed();
        Points points = new Points(experiment);
        for (Path run : finished(folder)) {
            try {
                Trial trial = RunDirectory.trial(run, vocabulary);
                Optional<Point> point = points.of(trial);
                if (point.isPresent()) {
                    RunResult result = RunDirectory.at(run, trial).result();
                    double score = SelectionScore.of(run, result, metric);
                    if (Double.isFinite(score)) {
                        scores.computeIfAbsent(point.get(), unseen -> new ArrayList<>())
                                .add(score);
                    }
                }
            } catch (PaletteException e) {
                LOG.warn("a run that the search does not begin with: {}", e.getMessage());
            }
        }
        List<Observation> observations = new ArrayList<>();
        scores.forEach((point, each) -> observations.add(new Observation(
                point, each.stream().mapToDouble(Double::doubleValue).average().orElseThrow())));
        return observations;
    }

    private static List<Path> finished(Path folder) {
        try {
            return Files.isDirectory(folder) ? FinishedRuns.in(folder) : List.of();
        } catch (PaletteException e) { // there is none
            LOG.debug("{}", e.getMessage());
            return List.of();
        }
    }
}
