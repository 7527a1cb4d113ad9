package dev.palette.train;

import dev.palette.task.Dataset;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import dev.palette.train.TrainingState.Best;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses the weights to report with: those of the evaluation whose average is highest, or where nothing is selected on the last. */
final class ModelSelection {
    private final Training plan;
    private final List<TrainingTask> tasks;
    private final Evaluator evaluator;
    private final TrainingListener listener;
    private Map<String, Double> scores = Map.of();

    ModelSelection(Training plan, List<TrainingTask> tasks, Evaluator evaluator, TrainingListener listener) {
        this.plan = plan;
        this.tasks = tasks;
        this.evaluator = evaluator;
        this.listener = listener;
    }

    /** Whether the weights of this moment are to be judged. */
    boolean isDue(long done) {
        return done == plan.steps() || plan.evaluate().isDue(done);
    }

    /**
     * Judges the weights of this moment.
     *
     * @return whether they are the best so far, and to be kept
     * @throws dev.palette.spec.DivergedException when the model says something that is not a number
     */
    boolean choose(Standing standing) {
        if (!(plan.evaluate().selectOn() instanceof Selection.Nothing)) {
            return evaluate(standing);
        }
        boolean last = standing.done() == plan.steps();
        if (last) {
            standing.chose(Best.unchosen(standing.done()));
        }
        return last;
    }

    /** Each task's score at the last evaluation, by the average that is compared. */
    Map<String, Double> scores() {
        return scores;
    }

    private boolean evaluate(Standing standing) {
        Map<String, List<Scores>> measured = new LinkedHashMap<>();
        List<Double> batchMeans = new ArrayList<>();
        for (TrainingTask task : tasks) {
            listener.message("evaluating " + task.task().name());
            List<Scores> ofTask = new ArrayList<>();
            for (Dataset data : task.selection().values()) {
                Outputs outputs = evaluator.outputs(task.task(), data);
                if (ofTask.isEmpty()) { // the original looks at MNLI's matched split alone
                    batchMeans.add(BatchMeans.of(data, outputs));
                }
                ofTask.add(data.scores(outputs));
            }
            measured.put(task.task().name(), ofTask);
        }
        scores = scores(measured);
        double average = plan.reproduces(Compatibility.BATCH_MEAN_METRICS)
                ? batchMeans.stream().mapToDouble(Double::doubleValue).average().orElseThrow()
                : plan.evaluate().keepBest().of(measured);
        boolean isBest = average > standing.best().average();
        listener.evaluated(standing.done(), measured, average, isBest);
        if (isBest) {
            standing.chose(new Best(standing.done(), average));
        } else if (standing.done() == plan.steps() && standing.best().step() == 0) {
            standing.chose(Best.unchosen(standing.done())); // no average could be compared
        }
        return standing.best().step() == standing.done();
    }

    private Map<String, Double> scores(Map<String, List<Scores>> measured) {
        Map<String, Double> each = new LinkedHashMap<>();
        measured.forEach(
                (task, ofTask) -> each.put(task, plan.evaluate().keepBest().of(Map.of(task, ofTask))));
        return each;
    }
}
