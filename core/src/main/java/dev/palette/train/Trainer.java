package dev.palette.train;

import dev.palette.kernel.Kernel;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.sampler.TaskSampler;
import dev.palette.spec.DivergedException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Scores;
import dev.palette.train.TrainingState.Best;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The training loop of one trial. It can be stopped after any step and continues from its checkpoint to the numbers that it would
 * have reached undisturbed: task draws, data order and dropout of a step follow from the seed and the step alone.
 */
public final class Trainer {
    private final Training plan;
    private final List<TrainingTask> tasks;
    private final TaskSampler sampler;
    private final RandomStreams random;
    private final Kernel kernel;
    private final TrainingListener listener;
    private final WeightUpdate update;
    private final TrainingStep step;
    private final Evaluator evaluator;
    private final Checkpoints checkpoints;

    private final Map<String, Long> draws = new HashMap<>();
    private Best best = Best.NONE;
    private long done;
    private double seconds;

    /**
     * A trainer at the first step.
     *
     * @param tasks in the experiment's order
     * @param store where checkpoints go
     * @param interval time between checkpoints
     */
    public Trainer(
            Training plan,
            List<TrainingTask> tasks,
            TaskSampler sampler,
            RandomStreams random,
            Kernel kernel,
            MultiTaskModel model,
            ModelParameters parameters,
            CheckpointStore store,
            Duration interval,
            TrainingListener listener) {
        this.plan = plan;
        this.tasks = List.copyOf(tasks);
        this.sampler = sampler;
        this.random = random;
        this.kernel = kernel;
        this.listener = listener;
        this.update = new WeightUpdate(plan, parameters, kernel.memory());
        this.step = new TrainingStep(model, parameters, update, kernel.ops());
        this.evaluator = new Evaluator(model, kernel.ops());
        this.checkpoints = new Checkpoints(store, interval, parameters, update, kernel.ops());
    }

    /** Steps done so far. */
    public long done() {
        return done;
    }

    /** The best evaluation so far. */
    public Best best() {
        return best;
    }

    /** Seconds spent training, in this process and the ones before it. */
    public double seconds() {
        return seconds;
    }

    /** Continues from the newest whole checkpoint, if there is one. */
    public void resume() {
        checkpoints.restore().ifPresent(state -> {
            done = state.step();
            draws.putAll(state.draws());
            best = state.best();
            seconds = state.seconds();
        });
    }

    /**
     * Trains to the end, or until stopped.
     *
     * @return whether the end was reached; if not, a checkpoint of the last step was written
     */
    public boolean train(StopSignal stop) {
        while (done < plan.steps()) {
            if (stop.isRequested()) {
                checkpoints.save(state());
                return false;
            }
            long start = System.nanoTime();
            takeStep();
            if (isEvaluationDue()) {
                choose();
            }
            seconds += (System.nanoTime() - start) / 1e9;
            checkpoints.saveIfDue(this::state);
        }
        checkpoints.save(state());
        return true;
    }

    private void takeStep() {
        long start = System.nanoTime();
        TrainingTask drawn = tasks.get(sampler.draw(done, random.uniform("task", done)));
        String name = drawn.task().name();
        Batch batch = drawn.order().batch(draws.getOrDefault(name, 0L));
        kernel.seed(random.seedFor("dropout", done));
        double loss = step.take(done, drawn.task(), batch);
        if (!Double.isFinite(loss)) {
            throw new DivergedException(
                    "training diverged: the loss of step %d (task '%s', examples %s) is %s; try a lower learningRate or a longer warm-up"
                            .formatted(done, name, Arrays.toString(batch.examples()), loss));
        }
        draws.merge(name, 1L, Long::sum);
        done++;
        listener.stepped(done, name, loss, Arrays.stream(batch.lengths()).sum(), (System.nanoTime() - start) / 1e9);
    }

    private boolean isEvaluationDue() {
        int every = plan.evaluate().every();
        return done == plan.steps() || (every > 0 && done % every == 0);
    }

    private void choose() {
        if (!(plan.evaluate().selectOn() instanceof Selection.Nothing)) {
            evaluate();
        } else if (done == plan.steps()) {
            best = Best.unchosen(done);
            checkpoints.saveBest(state());
        }
    }

    private void evaluate() {
        Map<String, List<Scores>> scores = new LinkedHashMap<>();
        for (TrainingTask task : tasks) {
            listener.message("evaluating " + task.task().name());
            scores.put(
                    task.task().name(),
                    task.selection().values().stream()
                            .map(data -> evaluator.scores(task.task(), data))
                            .toList());
        }
        double average = plan.evaluate().keepBest().of(scores);
        boolean isBest = average > best.average();
        if (isBest) {
            best = new Best(done, average);
            checkpoints.saveBest(state());
        }
        listener.evaluated(done, scores, average, isBest);
    }

    private TrainingState state() {
        Map<String, Long> updates = new LinkedHashMap<>();
        update.states().forEach((name, adam) -> updates.put(name, adam.updates()));
        return new TrainingState(done, Map.copyOf(draws), updates, best, seconds);
    }

    /** The evaluator, whose model has the weights of the moment. */
    public Evaluator evaluator() {
        return evaluator;
    }

    /** Puts the best evaluation's weights in place, to report with. */
    public void takeBestWeights() {
        if (best.step() != done) {
            checkpoints.restoreBest(best.step());
        }
    }
}
