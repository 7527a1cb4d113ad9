package dev.palette.search;

import dev.palette.experiment.Trial;
import java.util.List;
import java.util.Optional;

/** Trials that are known beforehand and run to their end, whatever they score. */
public final class FixedTrials implements TrialSource {
    private final List<Trial> trials;
    private int next;

    /** Trials, in the order in which they are handed out. */
    public FixedTrials(List<Trial> trials) {
        this.trials = List.copyOf(trials);
    }

    @Override
    public int total() {
        return trials.size();
    }

    @Override
    public Optional<Next> next() {
        return isExhausted() ? Optional.empty() : Optional.of(new Next(trials.get(next), next++, Optional.empty()));
    }

    @Override
    public boolean isExhausted() {
        return next == trials.size();
    }

    @Override
    public Optional<String> metric() {
        return Optional.empty();
    }

    @Override
    public boolean judges() {
        return false;
    }

    @Override
    public Judgement report(Trial trial, long step, double score) {
        return Judgement.GO_ON;
    }

    @Override
    public void finished(Trial trial, double score) {
        // the others are what they are
    }

    @Override
    public void stopped(Trial trial) {
        throw new IllegalStateException("nobody stops trials that are not judged");
    }

    @Override
    public void failed(Trial trial) {
        // the others are what they are
    }
}
