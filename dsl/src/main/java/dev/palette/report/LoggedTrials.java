package dev.palette.report;

import dev.palette.execution.Progress;
import dev.palette.experiment.Trial;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;
import dev.palette.runner.RunListener;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens each trial's {@code run.log} while it runs in this process, and passes on what it hears. */
public final class LoggedTrials implements RunListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedTrials.class);

    private final Path out;
    private final String experiment;
    private final RunListener next;
    private @Nullable RunLog log;

    /**
     * Logs into the run directories of one experiment.
     *
     * @param out folder of all runs
     * @param next hears everything after it was logged
     */
    public LoggedTrials(Path out, String experiment, RunListener next) {
        this.out = out;
        this.experiment = experiment;
        this.next = next;
    }

    @Override
    public void trialStarted(Trial trial, int index, int total, long fromStep) {
        close();
        log = RunLog.open(RunDirectory.of(out, experiment, trial).log());
        LOG.info("{} goes on from step {}", TrialTitle.PLAIN.of(trial), fromStep);
        next.trialStarted(trial, index, total, fromStep);
    }

    @Override
    public void progress(Trial trial, Progress progress) {
        LOG.debug("step {}: {}", progress.step(), TrialProgress.details(progress));
        next.progress(trial, progress);
    }

    @Override
    public void message(Trial trial, String line) {
        LOG.info("{}", line);
        next.message(trial, line);
    }

    @Override
    public void notice(String line) {
        LOG.info("{}", line);
        next.notice(line);
    }

    @Override
    public void trialFinished(Trial trial, RunResult result, boolean cached) {
        LOG.info("finished");
        close();
        next.trialFinished(trial, result, cached);
    }

    @Override
    public void trialStoppedEarly(Trial trial, StoppedEarly where) {
        LOG.info("{}", where.text());
        close();
        next.trialStoppedEarly(trial, where);
    }

    @Override
    public void trialFailed(Trial trial, Throwable cause) {
        LOG.error("failed", cause);
        close();
        next.trialFailed(trial, cause);
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
            log = null;
        }
    }
}
