package dev.palette.train;

import dev.palette.kernel.Kernel;
import dev.palette.model.Dropout;
import dev.palette.sampler.TaskReport;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.DivergedException;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Prefetch;
import dev.palette.train.TrainingState.Best;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The training loop of one replica of one trial. It can be stopped after any step and continues from its checkpoint to the numbers
 * that it would have reached undisturbed: task draws, data order and dropout of a step follow from the seed and the step alone.
 *
 * <p>All replicas go through the same steps with the same task draws and the same batches, each computing on its share of every
 * batch, and evaluating its share of every split. Rank 0 alone logs and writes; what depends on the clock, a signal or a device is
 * agreed on.
 */
public final class Trainer {
    /** Steps whose batches are prepared before they are wanted. */
    private static final int STEPS_AHEAD = 2;

    private final Training plan;
    private final SampledTasks sampled;
    private final RandomStreams random;
    private final Communicator communicator;
    private final TrainingListener listener;
    private final Standing standing;
    private final WeightUpdate update;
    private final TrainedParameters trained;
    private final StepBalance balance;
    private final TrainingStep step;
    private final LossReader losses;
    private final Evaluator evaluator;
    private final ModelSelection selection;
    private final SharedCheckpoints checkpoints;

    /**
     * A trainer at the first step.
     *
     * @param tasks in the experiment's order
     * @param sampling which of them each batch is of
     * @param replica the copy of the model that this trainer moves
     * @param store where checkpoints go, and when
     * @param listener hears from rank 0 alone
     */
    public Trainer(
            Training plan,
            List<TrainingTask> tasks,
            TaskSampling sampling,
            RandomStreams random,
            Replica replica,
            CheckpointStore store,
            TrainingListener listener) {
        this.plan = plan;
        this.sampled = new SampledTasks(sampling, tasks, plan);
        this.random = random;
        this.communicator = replica.communicator();
        this.listener = communicator.leads() ? listener : TrainingListener.SILENT;
        this.standing = new Standing(plan.accumulate());
        Kernel kernel = replica.kernel();
        this.update = new WeightUpdate(plan, replica.parameters(), kernel.memory());
        this.trained = new TrainedParameters(plan, replica.parameters(), this.listener::message);
        Map<String, FrozenOutputs> frozen = plan.cacheFrozen() && plan.steps() > 0
                ? FrozenOutputs.compute(tasks, replica, this.listener::message)
                : Map.of();
        BatchGradients gradients = new BatchGradients(plan, replica, frozen);
        this.balance = new StepBalance(plan, tasks, replica, standing);
        this.step = new TrainingStep(gradients, update, balance, replica, standing, this.listener::message);
        this.losses = new LossReader(kernel.memory().getDevice().isGpu(), this::lossIsKnown);
        this.evaluator = new Evaluator(replica.model(), kernel.ops(), communicator);
        this.selection = new ModelSelection(plan, List.copyOf(tasks), evaluator, this.listener);
        this.checkpoints = new SharedCheckpoints(
                new Checkpoints(store, replica.parameters(), update, kernel.ops()), replica, update);
    }

    /** Steps done so far. */
    public long done() {
        return standing.done();
    }

    /** The best evaluation so far. */
    public Best best() {
        return standing.best();
    }

    /** Seconds spent training, in this process and the ones before it. */
    public double seconds() {
        return standing.seconds();
    }

    /** What happened on the way that a reader of the scores should know, a line each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (standing.parts() > plan.accumulate()) {
            remarks.add("for want of memory a step's batch was divided into %d parts, not %d"
                    .formatted(standing.parts(), plan.accumulate()));
        }
        if (standing.setbacks() > 0) {
            remarks.add("training diverged and went back %d times; in the end all learning rates were %s of the plan's"
                    .formatted(standing.setbacks(), rateFactor()));
        }
        if (standing.done() < plan.steps() && isOver()) {
            remarks.add("every task stopped gaining: training ended after %d of %d steps"
                    .formatted(standing.done(), plan.steps()));
        }
        return remarks;
    }

    /** Continues from the newest whole checkpoint, if there is one. */
    public void resume() {
        checkpoints.restore().ifPresent(state -> {
            standing.resume(state);
            update.rateFactor(rateFactor());
        });
    }

    /**
     * Trains to the end, or until stopped.
     *
     * @param stop asked on every rank: one that is asked to stop stops all
     * @return whether the end was reached; if not, a checkpoint of the last step was written
     * @throws DivergedException when training ran away, and going back did not help or was not asked for
     */
    public boolean train(StopSignal stop) {
        while (true) {
            try {
                return trainOn(stop);
            } catch (DivergedException e) {
                goBack(e);
            }
        }
    }

    private boolean trainOn(StopSignal stop) {
        if (standing.restorePoint() == TrainingState.NOWHERE) {
            markRestorePoint();
        }
        while (standing.done() < plan.steps() && !isOver()) {
            if (!trainUntilTold(stop)) {
                return false;
            }
        }
        if (standing.best().step() == 0
                && standing.done() > 0) { // every task stopped, and no average could be compared
            standing.chose(Best.unchosen(standing.done()));
            if (communicator.leads()) {
                checkpoints.saveBest(state());
            }
        }
        save();
        return true;
    }

    /** Trains until the sampler is told of training again, or to the end; false when stopped. */
    private boolean trainUntilTold(StopSignal stop) {
        long end = sampled.settledUntil(standing.done());
        UpcomingSteps upcoming = new UpcomingSteps(
                plan,
                sampled.after(standing.done(), standing.reports(), standing.evaluations()),
                random,
                standing.done(),
                end,
                standing.draws());
        try (Prefetch<List<UpcomingSteps.Input>> inputs = new Prefetch<>(upcoming, STEPS_AHEAD)) {
            while (standing.done() < end) {
                // The clock and signals are not the same on all ranks, so that they agree on what comes between two
                // steps.
                boolean stopping = communicator.any(stop.isRequested());
                if (stopping || communicator.any(checkpoints.isDue(standing.done()))) {
                    save();
                }
                if (stopping) {
                    return false;
                }
                long start = System.nanoTime();
                trained.at(standing.done());
                takeStep(inputs.next());
                boolean evaluated = selection.isDue(standing.done());
                if (evaluated) {
                    choose();
                    balance.learnt().forEach((task, weight) -> listener.weighed(standing.done(), task, weight));
                }
                if (sampled.isReportDue(standing.done())) {
                    report(evaluated);
                }
                attend(evaluated);
                standing.trainedFor((System.nanoTime() - start) / 1e9);
                if (evaluated || isRestorePointDue()) {
                    markRestorePoint();
                }
            }
        }
        return true;
    }

    /** Tells the sampler what rank 0 has seen, so that all ranks draw the same. */
    private void report(boolean evaluated) {
        losses.readAll();
        TaskReport seen = standing.unreported(evaluated ? selection.scores() : Map.of());
        standing.reported(SharedReports.ofLeader(seen, communicator));
    }

    /** Notes which tasks have stopped, joined or left. */
    private void attend(boolean evaluated) {
        if (evaluated && sampled.stopsTasks()) {
            TaskReport scores = new TaskReport(standing.done(), Map.of(), selection.scores());
            standing.evaluated(SharedReports.ofLeader(scores, communicator));
        }
        List<PresentTasks.Change> changes = sampled.changes(standing.done(), standing.evaluations());
        if (!changes.isEmpty()) {
            losses.readAll(); // their steps come first in a log
            changes.forEach(change -> listener.attended(standing.done(), change.task(), change.drawn(), change.why()));
        }
    }

    private boolean isOver() {
        return sampled.isOver(standing.done(), standing.evaluations());
    }

    private void takeStep(List<UpcomingSteps.Input> inputs) {
        losses.begin();
        List<LossReader.Step> taken = new ArrayList<>();
        List<Dropout> dropouts = new ArrayList<>();
        for (UpcomingSteps.Input input : inputs) {
            Batch batch = input.batch();
            long tokens = Arrays.stream(batch.lengths()).sum();
            String task = input.task().task().name();
            long draw = standing.done() * plan.batchesPerStep() + taken.size();
            taken.add(new LossReader.Step(standing.done(), task, batch.examples(), tokens));
            dropouts.add(isDropoutOn() ? Dropout.seeded(random.seedFor("dropout", draw)) : Dropout.OFF);
        }
        losses.add(taken, step.take(inputs, dropouts, random.seedFor("balance", standing.done())));
        standing.stepped(taken.stream().map(LossReader.Step::task).toList());
    }

    private boolean isDropoutOn() {
        int every = plan.evaluate().every();
        return !plan.reproduces(Compatibility.DROPOUT_FIRST_EPOCH_ONLY) || every == 0 || standing.done() < every;
    }

    private void lossIsKnown(LossReader.Step taken, double loss, double seconds) {
        boolean beyond = plan.lossLimit() > 0 && loss > plan.lossLimit();
        if (!Double.isFinite(loss) || beyond) {
            throw new DivergedException(
                    "training diverged: the loss of step %d (task '%s', examples %s) is %s%s; try a lower learningRate or a longer warm-up"
                            .formatted(
                                    taken.number(),
                                    taken.task(),
                                    Arrays.toString(taken.examples()),
                                    loss,
                                    beyond ? ", beyond train.lossLimit " + plan.lossLimit() : ""));
        }
        if (sampled.isTold()) {
            standing.lost(taken.task(), loss);
        }
        listener.stepped(taken.number() + 1, taken.task(), loss, taken.tokens(), seconds);
    }

    /** All ranks judge the weights, on outputs that they have shared out and exchanged, and come to the same; rank 0 writes. */
    private void choose() {
        losses.readAll();
        if (selection.choose(standing) && communicator.leads()) {
            checkpoints.saveBest(state());
        }
    }

    /** Writes what training continues from, once it is sure that it has not diverged. */
    private void save() {
        losses.readAll();
        checkpoints.save(state());
    }

    private boolean isRestorePointDue() {
        return plan.onDivergence() instanceof Recovery.GoBack goBack && standing.done() % goBack.every() == 0;
    }

    private void markRestorePoint() {
        if (plan.onDivergence() instanceof Recovery.GoBack && standing.done() < plan.steps()) {
            losses.readAll();
            standing.markRestorePoint();
            save();
        }
    }

    private void goBack(DivergedException diverged) {
        losses.forget();
        if (!(plan.onDivergence() instanceof Recovery.GoBack goBack)) {
            throw diverged;
        }
        if (standing.setbacks() == goBack.times()) {
            throw new DivergedException("%s (it went back %d times, which train.onDivergence allows)"
                    .formatted(diverged.getMessage(), goBack.times()));
        }
        TrainingState restored = checkpoints
                .goBack(standing.restorePoint())
                .orElseThrow(
                        () -> new DivergedException("%s (the checkpoint of step %d to go back to is missing or damaged)"
                                .formatted(diverged.getMessage(), standing.restorePoint())));
        standing.goBack(restored);
        standing.hadSetback();
        update.rateFactor(rateFactor());
        listener.wentBack(
                standing.done(),
                "%s; going back to step %d, with %s of the plan's learning rates"
                        .formatted(diverged.getMessage(), standing.done(), rateFactor()));
    }

    /** What setbacks have left of the plan's learning rates. */
    private double rateFactor() {
        return plan.onDivergence().rateFactor(standing.setbacks());
    }

    private TrainingState state() {
        return standing.state(update.states());
    }

    /** The evaluator, whose model has the weights of the moment. */
    public Evaluator evaluator() {
        return evaluator;
    }

    /** Puts the best evaluation's weights in place, to report with, unless the last step's are to be reported; on every rank. */
    public void takeBestWeights() {
        if (best().step() != done() && !plan.reproduces(Compatibility.REPORT_LAST_WEIGHTS)) {
            checkpoints.restoreBest(best().step());
        }
    }
}
