package dev.palette.result;

import dev.palette.experiment.Trial;
import java.util.List;

/** Results that tests make up. */
final class Results {
    private static final List<Score> MAJORITY = scores(0, 0.6838, 0.8122);

    private Results() {}

    /** A result for a trial on CoLA and MRPC, with every score {@code value}. */
    static RunResult of(Trial trial, double value) {
        return of(trial, value, value, value);
    }

    static RunResult of(Trial trial, double matthews, double accuracy, double f1) {
        long adapters = trial.adapter().label().equals("shared") ? 0 : 14_558_688;
        return RunResult.of(
                trial,
                scores(matthews, accuracy, f1),
                MAJORITY,
                new Parameters(109_482_240 + adapters, 109_482_240),
                40,
                List.of(),
                12.5,
                2_000_000_000);
    }

    private static List<Score> scores(double matthews, double accuracy, double f1) {
        return List.of(
                new Score("cola", "dev", "matthews", matthews),
                new Score("mrpc", "dev", "accuracy", accuracy),
                new Score("mrpc", "dev", "f1", f1));
    }
}
