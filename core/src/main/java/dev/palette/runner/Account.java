package dev.palette.runner;

import dev.palette.execution.Progress;
import dev.palette.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has become of an experiment's trials so far. Passes on what it hears. */
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final RunListener listener;
    private final SortedMap<Integer, RunResult> finished = new TreeMap<>();
    private final List<RunSummary.Failure> failures = new ArrayList<>();
    private int cached;

    Account(RunListener listener) {
        this.listener = listener;
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
        listener.trialFinished(assignment.trial(), result, wasThere);
    }

    void failed(Assignment assignment, RuntimeException cause) {
        LOG.error("trial {} failed", assignment.trial().id(), cause);
        failures.add(new RunSummary.Failure(
                assignment.trial(), firstLine(cause), assignment.run().log()));
        listener.trialFailed(assignment.trial(), cause);
    }

    private static String firstLine(RuntimeException cause) {
        String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    /** How it ended. */
    RunSummary summary(int trials, boolean stopped) {
        int unfinished = trials - finished.size() - failures.size();
        return new RunSummary(List.copyOf(finished.values()), cached, failures, unfinished, stopped && unfinished > 0);
    }
}
