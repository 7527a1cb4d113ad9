package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/** Writes down what the runner says. */
class Recorder implements RunListener {
    /** What happened, steps and messages left out. */
    final List<String> events = new ArrayList<>();

    final List<String> messages = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    int steps;

    @Override
    public void trialStarted(Trial trial, int index, int total, long fromStep) {
        events.add(
                "%s starts as %d of %d from step %d".formatted(trial.adapter().label(), index, total, fromStep));
    }

    @Override
    public void progress(Trial trial, Progress progress) {
        steps++;
    }

    @Override
    public void message(Trial trial, String line) {
        messages.add(line);
    }

    @Override
    public void notice(String line) {
        messages.add(line);
    }

    @Override
    public void trialFinished(Trial trial, RunResult result, boolean cached) {
        events.add(trial.adapter().label() + (cached ? " was finished" : " is finished"));
    }

    @Override
    public void trialFailed(Trial trial, Throwable cause) {
        failures.add(cause);
        events.add(trial.adapter().label() + " failed");
    }
}
