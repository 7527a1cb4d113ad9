package dev.palette.train;

import dev.palette.kernel.Kernel;
import dev.palette.model.Dropout;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.sampler.TaskSampler;
import dev.palette.spec.DivergedException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.Outputs;
import dev.palette.task.Prefetch;
import dev.palette.task.Scores;
import dev.palette.train.TrainingState.Best;
import java.util.ArrayList;
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
    /** Steps whose batches are prepared before they are wanted. */
    private static final int STEPS_AHEAD = 2;

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
     * @param store where checkpoints go, and when
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
            TrainingListener listener) {
        this.plan = plan;
        this.tasks = List.copyOf(tasks);
        this.sampler = sampler;
        this.random = random;
        this.kernel = kernel;
        this.listener = listener;
        this.update = new WeightUpdate(plan, parameters, kernel.memory());
        this.step = new TrainingStep(plan, model, parameters, update, frozenOutputs(model, parameters), kernel.ops());
        this.evaluator = new Evaluator(model, kernel.ops());
        this.checkpoints = new Checkpoints(store, parameters, update, kernel.ops());
    }

    /** What frozen stages make of the tasks' examples, computed once where the plan says so and it fits. */
    private Map<String, FrozenOutputs> frozenOutputs(MultiTaskModel model, ModelParameters parameters) {
        Map<String, FrozenOutputs> kept = new LinkedHashMap<>();
        if (plan.cacheFrozen() && plan.steps() > 0) {
            for (TrainingTask task : tasks) {
                FrozenOutputs.compute(task, model, parameters, kernel.ops().withoutGradient(), listener::message)
                        .ifPresent(outputs -> kept.put(task.task().name(), outputs));
            }
        }
        return kept;
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
        UpcomingSteps upcoming = new UpcomingSteps(plan, tasks, sampler, random, done, draws);
        try (Prefetch<UpcomingSteps.Input> inputs = new Prefetch<>(upcoming, STEPS_AHEAD)) {
            while (done < plan.steps()) {
                if (stop.isRequested()) {
                    checkpoints.save(state());
                    return false;
                }
                long start = System.nanoTime();
                takeStep(inputs);
                if (isEvaluationDue()) {
                    choose();
                }
                seconds += (System.nanoTime() - start) / 1e9;
                checkpoints.saveIfDue(done, this::state);
            }
        }
        checkpoints.save(state());
        return true;
    }

    private void takeStep(Prefetch<UpcomingSteps.Input> inputs) {
        long start = System.nanoTime();
        UpcomingSteps.Input input = inputs.next();
        TrainingTask drawn = input.task();
        String name = drawn.task().name();
        List<Batch> parts = input.parts();
        Dropout dropout = isDropoutOn() ? Dropout.seeded(random.seedFor("dropout", done)) : Dropout.OFF;
        double loss = step.take(done, drawn.task(), parts, dropout);
        if (!Double.isFinite(loss)) {
            int[] examples = parts.stream()
                    .flatMapToInt(part -> Arrays.stream(part.examples()))
                    .toArray();
            throw new DivergedException(
                    "training diverged: the loss of step %d (task '%s', examples %s) is %s; try a lower learningRate or a longer warm-up"
                            .formatted(done, name, Arrays.toString(examples), loss));
        }
        draws.merge(name, (long) parts.size(), Long::sum);
        done++;
        long tokens = parts.stream()
                .flatMapToInt(part -> Arrays.stream(part.lengths()))
                .sum();
        listener.stepped(done, name, loss, tokens, (System.nanoTime() - start) / 1e9);
    }

    private boolean isDropoutOn() {
        int every = plan.evaluate().every();
        return !plan.reproduces(Compatibility.DROPOUT_FIRST_EPOCH_ONLY) || every == 0 || done < every;
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
            scores.put(task.task().name(), ofTask);
        }
        double average = plan.reproduces(Compatibility.BATCH_MEAN_METRICS)
                ? batchMeans.stream().mapToDouble(Double::doubleValue).average().orElseThrow()
                : plan.evaluate().keepBest().of(scores);
        listener.evaluated(done, scores, average, keep(average));
    }

    /** Keeps the weights of the moment if they are the best so far; in the end also where no average could be compared. */
    private boolean keep(double average) {
        boolean isBest = average > best.average();
        if (isBest) {
            best = new Best(done, average);
        } else if (done == plan.steps() && best.step() == 0) {
            best = Best.unchosen(done);
        }
        if (best.step() == done) {
            checkpoints.saveBest(state());
        }
        return isBest;
    }

    private TrainingState state() {
        Map<String, Long> updates = new LinkedHashMap<>();
        update.states().forEach((name, adam) -> updates.put(name, adam.updates()));
        return new TrainingState(
                done, Map.copyOf(draws), updates, best, seconds, plan.accumulate(), 0, TrainingState.NOWHERE);
    }

    /** The evaluator, whose model has the weights of the moment. */
    public Evaluator evaluator() {
        return evaluator;
    }

    /** Puts the best evaluation's weights in place, to report with, unless the last step's are to be reported. */
    public void takeBestWeights() {
        if (best.step() != done && !plan.reproduces(Compatibility.REPORT_LAST_WEIGHTS)) {
            checkpoints.restoreBest(best.step());
        }
    }
}
