package dev.palette.execution;

import dev.palette.energy.EnergyMeter;
import dev.palette.experiment.Trial;
import dev.palette.result.StoppedEarly;
import dev.palette.search.Judgement;
import dev.palette.search.Verdict;
import dev.palette.task.Scores;
import dev.palette.task.Task;
import dev.palette.train.StopSignal;
import dev.palette.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hands a trial's progress on: to its metrics file, and to whoever listens. */
final class TrialReporter implements TrainingListener {
    /** Share of the newest step in the running speed: the last ten or so count. */
    private static final double NEWEST = 0.1;

    private final Trial trial;
    private final TrialListener listener;
    private final StopSignal stop;
    private Judgement judgement = Judgement.GO_ON;
    private @Nullable StoppedEarly stoppedEarly;
    private @Nullable MetricsLog metrics;
    private @Nullable EnergyMeter energy;
    private double tokensPerStep;
    private double secondsPerStep;

    /**
     * A reporter.
     *
     * @param stop the trial's, which is given when its listener judges that it is not to go on
     */
    TrialReporter(Trial trial, TrialListener listener, StopSignal stop) {
        this.trial = trial;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Training begins, or continues after some steps.
     *
     * @param meter of the devices that it is done on, asked after each step
     */
    void begin(MetricsLog log, EnergyMeter meter, long fromStep) {
        metrics = log;
        energy = meter;
        listener.started(fromStep);
    }

    @Override
    public void stepped(long step, String task, double loss, long tokens, double seconds) {
        OptionalDouble joules = energy == null ? OptionalDouble.empty() : energy.take();
        metrics().step(step, task, loss, tokens, seconds, joules);
        tokensPerStep = secondsPerStep == 0 ? tokens : tokensPerStep + NEWEST * (tokens - tokensPerStep);
        secondsPerStep = secondsPerStep == 0 ? seconds : secondsPerStep + NEWEST * (seconds - secondsPerStep);
        double speed = tokensPerStep / secondsPerStep;
        listener.progress(new Progress(step, trial.training().steps(), loss, task, speed));
    }

    @Override
    public void evaluated(long step, Map<String, List<Scores>> scores, double average, boolean best) {
        metrics().evaluation(step, byEvaluation(scores), average, best);
        String name = trial.training().evaluate().keepBest().label();
        message(String.format(
                Locale.ROOT,
                "step %d: %s %.2f on the selection split%s",
                step,
                name,
                100 * average,
                best ? ", the best so far" : ""));
        if (step < trial.training().steps()) {
            judge(step, named(scores, average));
        }
    }

    private void judge(long step, SortedMap<String, Double> scores) {
        judgement = listener.evaluated(step, scores);
        if (judgement.verdict() != Verdict.GO_ON) {
            stop.request();
        }
        if (judgement.verdict() == Verdict.STOP) {
            stoppedEarly = new StoppedEarly(trial.id(), step, judgement.why());
        }
    }

    private SortedMap<String, Double> named(Map<String, List<Scores>> scores, double average) {
        SortedMap<String, Double> named = new TreeMap<>();
        byEvaluation(scores)
                .forEach((name, split) ->
                        split.values().forEach((metric, value) -> named.put(name + "." + metric.label(), value)));
        named.put(trial.training().evaluate().keepBest().label(), average);
        named.values().removeIf(value -> !Double.isFinite(value));
        return named;
    }

    /** How the work ended where it did not come to the trial's end. */
    TrialOutcome stopped() {
        return switch (judgement.verdict()) {
            case GO_ON -> TrialOutcome.STOPPED;
            case WAIT -> TrialOutcome.WAITING;
            case STOP -> TrialOutcome.STOPPED_EARLY;
        };
    }

    /** Where and why the trial was stopped for good, if it was. */
    Optional<StoppedEarly> stoppedEarly() {
        return Optional.ofNullable(stoppedEarly);
    }

    @Override
    public void attended(long step, String task, boolean drawn, String why) {
        metrics().attendance(step, task, drawn);
        message("step %d: %s %s".formatted(step, task, why));
    }

    @Override
    public void weighed(long step, String task, double weight) {
        metrics().weight(step, task, weight);
    }

    @Override
    public void wentBack(long step, String why) {
        metrics().continueFrom(step);
        message(why);
    }

    @Override
    public void message(String line) {
        listener.message(line);
    }

    /** The scores of each evaluation by its name; of a holdout there is one, which has the task's. */
    private Map<String, Scores> byEvaluation(Map<String, List<Scores>> scores) {
        Map<String, Scores> named = new LinkedHashMap<>();
        for (Task task : trial.tasks()) {
            List<Scores> ofTask = scores.getOrDefault(task.name(), List.of());
            for (int i = 0; i < ofTask.size(); i++) {
                String name = i == 0 ? task.name() : task.evaluations().get(i).name();
                named.put(name, ofTask.get(i));
            }
        }
        return named;
    }

    private MetricsLog metrics() {
        if (metrics == null) {
            throw new IllegalStateException("training began without begin()");
        }
        return metrics;
    }
}
