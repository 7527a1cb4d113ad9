package dev.palette.train;

import dev.palette.balance.BalanceState;
import dev.palette.sampler.TaskReport;
import dev.palette.train.TrainingState.Best;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where training stands, as it goes on; a {@link TrainingState} is how it stood at one moment. */
final class Standing {
    private final Map<String, Long> draws = new HashMap<>();
    private final List<TaskReport> reports = new ArrayList<>();
    private final Map<String, LossMean> unreported = new HashMap<>();
    private final List<TaskReport> evaluations = new ArrayList<>();
    private Map<String, Map<String, Double>> balance = Map.of();
    private Best best = Best.NONE;
    private long done;
    private double seconds;
    private int parts;
    private int setbacks;
    private long restorePoint = TrainingState.NOWHERE;

    /**
     * Before the first step.
     *
     * @param parts parts that a step's batch is divided into
     */
    Standing(int parts) {
        this.parts = parts;
    }

    /** Continues from a checkpoint. */
    void resume(TrainingState state) {
        goBack(state);
        seconds = state.seconds();
        parts = state.parts();
        setbacks = state.setbacks();
    }

    /** Takes later steps for not done; the time they took and what was learnt of the machine's memory stay. */
    void goBack(TrainingState state) {
        draws.clear();
        draws.putAll(state.draws());
        reports.clear();
        reports.addAll(state.reports());
        unreported.clear();
        unreported.putAll(state.unreported());
        evaluations.clear();
        evaluations.addAll(state.evaluations());
        balance = state.balance();
        best = state.best();
        done = state.step();
        restorePoint = state.restorePoint();
    }

    /** The state with what the optimizer has counted. */
    TrainingState state(Map<String, AdamState> moved) {
        Map<String, Long> updates = new LinkedHashMap<>();
        moved.forEach((name, adam) -> updates.put(name, adam.updates()));
        return new TrainingState(
                done,
                Map.copyOf(draws),
                updates,
                best,
                seconds,
                parts,
                setbacks,
                restorePoint,
                reports(),
                Map.copyOf(unreported),
                evaluations(),
                balance);
    }

    /** A step is done, which had a batch of each of these tasks. */
    void stepped(List<String> tasks) {
        tasks.forEach(task -> draws.merge(task, 1L, Long::sum));
        done++;
    }

    /** What the balancing remembers. */
    BalanceState balance() {
        return new BalanceState(balance);
    }

    /** The balancing has learnt. */
    void balanced(BalanceState state) {
        balance = state.values();
    }

    /** A batch's loss is known, of which the next report will tell. */
    void lost(String task, double loss) {
        unreported.merge(task, LossMean.of(loss), LossMean::plus);
    }

    /** What there is to report now, with the scores of an evaluation or none. */
    TaskReport unreported(Map<String, Double> scores) {
        Map<String, Double> losses = new HashMap<>();
        unreported.forEach((task, mean) -> losses.put(task, mean.value()));
        return new TaskReport(done, losses, scores);
    }

    /** The sampler was told. */
    void reported(TaskReport report) {
        reports.add(report);
        unreported.clear();
    }

    /** All tasks were evaluated, and their scores are to be remembered. */
    void evaluated(TaskReport scores) {
        evaluations.add(scores);
    }

    void trainedFor(double moreSeconds) {
        seconds += moreSeconds;
    }

    void chose(Best better) {
        best = better;
    }

    void divided(int intoParts) {
        parts = intoParts;
    }

    void hadSetback() {
        setbacks++;
    }

    void markRestorePoint() {
        restorePoint = done;
    }

    Map<String, Long> draws() {
        return Map.copyOf(draws);
    }

    List<TaskReport> reports() {
        return List.copyOf(reports);
    }

    List<TaskReport> evaluations() {
        return List.copyOf(evaluations);
    }

    Best best() {
        return best;
    }

    long done() {
        return done;
    }

    double seconds() {
        return seconds;
    }

    int parts() {
        return parts;
    }

    int setbacks() {
        return setbacks;
    }

    long restorePoint() {
        return restorePoint;
    }
}
