package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.result.RunResult;
import dev.palette.result.StoppedEarly;
import dev.palette.search.Judgement;
import dev.palette.search.TrialSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of an experiment's trials so far. Passes on what it hears. */
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final RunListener listener;
    private final TrialSource source;
    private final SortedMap<Integer, RunResult> finished = new TreeMap<>();
    private final List<RunSummary.Failure> failures = new ArrayList<>();
    private final List<RunSummary.Stopped> stopped = new ArrayList<>();
    private int cached;

    /**
     * An account.
     *
     * @param source is told how trials end
     */
    Account(RunListener listener, TrialSource source) {
        this.listener = listener;
        this.source = source;
    }

    void started(Assignment assignment, long fromStep) {
        listener.trialStarted(assignment.trial(), assignment.index(), assignment.total(), fromStep);
    }

    void progress(Assignment assignment, Progress progress) {
        listener.progress(assignment.trial(), progress);
    }

    void message(Assignment assignment, String line) {
        listener.message(assignment.trial(), line);
    }

    void notice(String line) {
        listener.notice(line);
    }

    void finished(Assignment assignment, RunResult result, boolean wasThere) {
        finished.put(assignment.index(), result);
        cached += wasThere ? 1 : 0;
        source.finished(
                assignment.trial(),
                source.metric()
                        .map(metric -> SelectionScore.of(assignment.run().folder(), result, metric))
                        .orElse(Double.NaN));
        listener.trialFinished(assignment.trial(), result, wasThere);
    }

    /** A trial has scores on its way: whether it goes on. */
    Judgement judge(Assignment assignment, long step, Map<String, Double> scores) {
        double score = source.metric().map(scores::get).orElse(Double.NEGATIVE_INFINITY);
        return source.report(assignment.trial(), step, score);
    }

    void stoppedEarly(Assignment assignment, StoppedEarly where) {
        stopped.add(new RunSummary.Stopped(assignment.trial(), where));
        source.stopped(assignment.trial());
        listener.trialStoppedEarly(assignment.trial(), where);
    }

    void failed(Assignment assignment, RuntimeException cause) {
        LOG.error("trial {} failed", assignment.trial().id(), cause);
        failures.add(new RunSummary.Failure(
                assignment.trial(), firstLine(cause), assignment.run().log()));
        source.failed(assignment.trial());
        listener.trialFailed(assignment.trial(), cause);
    }

    private static String firstLine(RuntimeException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** How it ended. */
    RunSummary summary(int trials, boolean interrupted) {
        int unfinished = trials - finished.size() - failures.size() - this.stopped.size();
        return new RunSummary(
                List.copyOf(finished.values()),
                cached,
                this.stopped,
                failures,
                unfinished,
                interrupted && unfinished > 0);
    }
}
