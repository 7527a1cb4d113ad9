package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.export.Export;
import dev.palette.export.ExportThread;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;
import java.nio.file.Path;
import java.util.List;

/**
 * Has each trial's run exported from the moment it starts, by a thread that looks at its folder, and passes on what it hears. Trials that
 * were finished before are left alone.
 */
public final class ExportedTrials implements RunListener, AutoCloseable {
    private final ExportThread exports;
    private final Path out;
    private final String experiment;
    private final RunListener next;

    /**
     * Exports the runs of one experiment.
     *
     * @param exports where to; none for nowhere
     * @param out folder of all runs
     * @param next hears everything, and notices of its own about destinations
     */
    public ExportedTrials(List<Export> exports, Path out, String experiment, RunListener next) {
        this.exports = new ExportThread(exports);
        this.out = out;
        this.experiment = experiment;
        this.next = next;
    }

    @Override
    public void trialStarted(Trial trial, int index, int total, long fromStep) {
        exports.follow(RunDirectory.of(out, experiment, trial).folder());
        next.trialStarted(trial, index, total, fromStep);
        tell();
    }

    @Override
    public void progress(Trial trial, Progress progress) {
        next.progress(trial, progress);
        tell();
    }

    @Override
    public void message(Trial trial, String line) {
        next.message(trial, line);
        tell();
    }

    @Override
    public void notice(String line) {
        next.notice(line);
        tell();
    }

    @Override
    public void trialFinished(Trial trial, RunResult result, boolean cached) {
        next.trialFinished(trial, result, cached);
        tell();
    }

    @Override
    public void trialStoppedEarly(Trial trial, StoppedEarly where) {
        next.trialStoppedEarly(trial, where);
        tell();
    }

    @Override
    public void trialFailed(Trial trial, Throwable cause) {
        next.trialFailed(trial, cause);
        tell();
    }

    /** Exports the rest, for half a minute at the most, and says what could not be. */
    @Override
    public void close() {
        exports.close();
        tell();
    }

    /** On the thread that the listener is used to. */
    private void tell() {
        exports.notices().forEach(next::notice);
    }
}
