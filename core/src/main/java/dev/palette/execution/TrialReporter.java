package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.task.Scores;
import dev.palette.task.Task;
import dev.palette.train.TrainingListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands a trial's progress on: to its metrics file, and to whoever listens. */
final class TrialReporter implements TrainingListener {
    /** Share of the newest step in the running speed: the last ten or so count. */
    private static final double NEWEST = 0.1;

    private final Trial trial;
    private final TrialListener listener;
    private @Nullable MetricsLog metrics;
    private double tokensPerStep;
    private double secondsPerStep;

    TrialReporter(Trial trial, TrialListener listener) {
        this.trial = trial;
        this.listener = listener;
    }

    /** Training begins, or continues after some steps. */
    void begin(MetricsLog log, long fromStep) {
        metrics = log;
        listener.started(fromStep);
    }

    @Override
    public void stepped(long step, String task, double loss, long tokens, double seconds) {
        metrics().step(step, task, loss, tokens, seconds);
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
