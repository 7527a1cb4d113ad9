package dev.palette.table;

import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunFolders;
import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.Score;
import dev.palette.spec.RandomStreams;
import dev.palette.task.LabelMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs that nobody trained, in folders as real ones leave them: trial, provenance, result, metrics and, where asked for, predictions. Tests
 * make small ones; {@link ManyRuns} makes thousands for a measurement by hand.
 */
final class MadeUpRuns {
    private static final List<Score> MAJORITY = scores(0, 0.6838, 0.8122);
    private static final int EXAMPLES = 120;

    private final Path out;

    MadeUpRuns(Path out) {
        this.out = out;
    }

    static List<Score> scores(double matthews, double accuracy, double f1) {
        return List.of(
                new Score("cola", "dev", "matthews", matthews),
                new Score("mrpc", "dev", "accuracy", accuracy),
                new Score("mrpc", "dev", "f1", f1));
    }

    /** A result on CoLA and MRPC. */
    static RunResult result(Trial trial, double matthews, double accuracy, double f1) {
        return result(trial, scores(matthews, accuracy, f1));
    }

    static RunResult result(Trial trial, List<Score> scores) {
        long adapters = trial.adapter().label().equals("shared") ? 0 : 14_558_688;
        return RunResult.of(
                trial,
                scores,
                MAJORITY,
                new Parameters(109_482_240 + adapters, 109_482_240),
                40,
                List.of(),
                62.4,
                2_000_000_000);
    }

    /** A run that was begun. */
    RunDirectory begin(String experiment, Trial trial) {
        return begin(experiment, trial, "dddd");
    }

    /**
     * A run that was begun.
     *
     * @param dev hash of its examples
     */
    RunDirectory begin(String experiment, Trial trial, String dev) {
        RunDirectory run = RunDirectory.of(out, experiment, trial);
        run.open(Provenance.present(trial, "cpu", "fp32", 2, "aaaa", Map.of("cola/dev", dev, "mrpc/dev", "eeee")));
        return run;
    }

    /** A finished run. */
    RunDirectory finish(String experiment, Trial trial, double score) {
        RunDirectory run = begin(experiment, trial);
        run.finish(result(trial, score, score, score));
        return run;
    }

    /** A finished run whose predictions are right on so large a share of the examples, and whose scores are those of its predictions. */
    RunDirectory predict(String experiment, Trial trial, double skill) throws IOException {
        RunDirectory run = begin(experiment, trial);
        List<Score> scores = new ArrayList<>();
        for (String task : List.of("cola", "mrpc")) {
            double[] labels = new double[EXAMPLES];
            double[] predicted = new double[EXAMPLES];
            StringBuilder table = new StringBuilder("index\tprediction\tlabel\tlogit_0\tlogit_1\n");
            for (int i = 0; i < EXAMPLES; i++) {
                labels[i] = i % 2;
                boolean right = new RandomStreams(trial.seed()).uniform("answers " + task, i) < skill;
                predicted[i] = right ? labels[i] : 1 - labels[i];
                table.append("%d\t%d\t%d\t0\t0%n".formatted(i, (int) predicted[i], (int) labels[i]));
            }
            Files.createDirectories(run.predictions());
            Files.writeString(
                    run.predictions().resolve(task + "-dev.tsv"),
                    table.toString().replace("\r", ""));
            if (task.equals("cola")) {
                scores.add(new Score(task, "dev", "matthews", LabelMetric.MATTHEWS.of(predicted, labels)));
            } else {
                scores.add(new Score(task, "dev", "accuracy", LabelMetric.ACCURACY.of(predicted, labels)));
                scores.add(new Score(task, "dev", "f1", LabelMetric.F1.of(predicted, labels)));
            }
        }
        run.finish(result(trial, scores));
        return run;
    }

    /** All that lies in a folder. */
    static RunSet read(Path folder) {
        return RunSet.read(RunFolders.in(folder), Vocabulary.installed());
    }
}
