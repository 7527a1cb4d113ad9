package dev.palette.report;

import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import dev.palette.runner.Progress;
import dev.palette.runner.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Shows an experiment's trials one after the other: a bar where it can be seen to move, lines at intervals elsewhere. */
public final class TrialProgress implements RunListener, AutoCloseable {
    private final Console console;
    private final InstantSource clock;
    private final Duration interval;
    private Display display;

    /** Progress on a console, where it isn't live a line every 30 seconds. */
    public TrialProgress(Console console) {
        this(console, InstantSource.system(), Duration.ofSeconds(30));
    }

    TrialProgress(Console console, InstantSource clock, Duration interval) {
        this.console = console;
        this.clock = clock;
        this.interval = interval;
        this.display = new ProgressLines(console.out(), clock, interval, "", 0);
    }

    @Override
    public void trialStarted(Trial trial, int index, int total, long fromStep) {
        display.close();
        String number = "[%d/%d]".formatted(index + 1, total);
        String title = number + " " + title(trial);
        if (console.live()) {
            console.out().println(title); // a line of its own leaves the bar's line room for the figures
            display = new ProgressLine(console, number, trial.training().steps(), fromStep);
        } else {
            display = new ProgressLines(console.out(), clock, interval, title, fromStep);
        }
    }

    @Override
    public void progress(Trial trial, Progress progress) {
        display.progress(progress);
    }

    @Override
    public void message(String line) {
        display.message(line);
    }

    @Override
    public void trialFinished(Trial trial, RunResult result, boolean cached) {
        display.close();
        display.message(title(trial) + (cached ? ": finished earlier" : ": finished"));
    }

    @Override
    public void trialFailed(Trial trial, Throwable cause) {
        display.close();
        String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        display.message(title(trial) + ": failed: " + reason);
    }

    /** Leaves the console at the start of a fresh line. */
    @Override
    public void close() {
        display.close();
    }

    /** How a trial is called wherever it is listed: {@code PALs(204), annealed, seed 1}. */
    public static String title(Trial trial) {
        return "%s, %s, seed %d"
                .formatted(trial.adapter().label(), trial.sampling().label(), trial.seed());
    }

    /** What stands beside the step: {@code loss 0.6931, cola, 1,234 tokens/s}. */
    static String details(Progress progress) {
        return String.format(
                Locale.ROOT,
                "loss %.4f, %s, %,.0f tokens/s",
                progress.loss(),
                progress.task(),
                progress.tokensPerSecond());
    }

    /** One trial's progress in one of the two forms. */
    interface Display {
        void progress(Progress progress);

        void message(String line);

        void close();
    }
}
