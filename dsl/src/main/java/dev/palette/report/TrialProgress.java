package dev.palette.report;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;
import dev.palette.runner.RunListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows an experiment's trials as they run, one or several at once: a bar where it can be seen to move, lines at intervals elsewhere.
 */
public final class TrialProgress implements RunListener, AutoCloseable {
    private final Console console;
    private final TrialTitle titles;
    private final InstantSource clock;
    private final Duration interval;
    private final Map<Trial, Display> running = new LinkedHashMap<>();
    private final Map<Trial, String> numbers = new HashMap<>();
    private @Nullable SharedLine shared;

    /**
     * Progress on a console, where it isn't live a line every 30 seconds.
     *
     * @param titles what trials are called
     */
    public TrialProgress(Console console, TrialTitle titles) {
        this(console, titles, InstantSource.system(), Duration.ofSeconds(30));
    }

    TrialProgress(Console console, TrialTitle titles, InstantSource clock, Duration interval) {
        this.console = console;
        this.titles = titles;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void trialStarted(Trial trial, int index, int total, long fromStep) {
        Display earlier = running.remove(trial);
        if (earlier != null) { // tried again
            earlier.close();
        }
        String number = "[%d/%d]".formatted(index + 1, total);
        String title = number + " " + titles.of(trial);
        numbers.put(trial, number);
        if (console.live()) {
            say(title); // a line of its own leaves the bar's line room for the figures
            running.put(trial, live(trial, number, fromStep));
        } else {
            running.put(trial, new ProgressLines(console.out(), clock, interval, title, fromStep));
        }
    }

    /** A bar for a trial that runs alone; several share a line. */
    private Display live(Trial trial, String number, long fromStep) {
        if (running.isEmpty() && shared == null) {
            return new ProgressLine(console, number, trial.training().steps(), fromStep);
        }
        if (shared == null) {
            shared = new SharedLine(console, clock);
            SharedLine line = shared;
            running.values().forEach(Display::close);
            running.replaceAll((other, bar) -> line.entry(numbers.getOrDefault(other, "")));
        }
        return shared.entry(number);
    }

    @Override
    public void progress(Trial trial, Progress progress) {
        Display display = running.get(trial);
        if (display != null) {
            display.progress(progress);
        }
    }

    @Override
    public void message(Trial trial, String line) {
        say(line);
    }

    @Override
    public void notice(String line) {
        say(line);
    }

    @Override
    public void trialFinished(Trial trial, RunResult result, boolean cached) {
        end(trial, titles.of(trial) + (cached ? ": finished earlier" : ": finished"));
    }

    @Override
    public void trialStoppedEarly(Trial trial, StoppedEarly where) {
        end(trial, titles.of(trial) + ": " + where.text());
    }

    @Override
    public void trialFailed(Trial trial, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        end(trial, titles.of(trial) + ": failed: " + reason);
    }

    /** A line above whatever is shown. */
    private void say(String line) {
        running.values().stream()
                .findFirst()
                .ifPresentOrElse(
                        display -> display.message(line), () -> console.out().println(line));
    }

    private void end(Trial trial, String line) {
        Display display = running.remove(trial);
        if (display == null) {
            say(line);
        } else {
            display.close();
            display.message(line);
        }
    }

    /** Leaves the console at the start of a fresh line. */
    @Override
    public void close() {
        running.values().forEach(Display::close);
        running.clear();
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
