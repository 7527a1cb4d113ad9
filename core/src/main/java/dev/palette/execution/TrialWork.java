package dev.palette.execution;

import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderStore;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.FinishedElsewhere;
import dev.palette.result.Opening;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One trial brought to its result in this process, whoever asked for it: what is there is not done again, what was begun goes on, and
 * nobody else can work on it meanwhile.
 */
public final class TrialWork {
    private final TrialOrder order;
    private final Trial trial;
    private final RunDirectory run;
    private final Team team;
    private final TrialListener listener;

    /**
     * The work on a trial.
     *
     * @param trial the one that the order describes
     * @param team who trains it
     */
    public TrialWork(TrialOrder order, Trial trial, Team team, TrialListener listener) {
        this.team = team;
        this.order = order;
        this.trial = trial;
        this.run = order.run(trial);
        this.listener = listener;
    }

    /**
     * The result that a trial has already, with all predictions that are asked for: there is nothing to be done.
     *
     * @throws PaletteException when the run is damaged
     */
    public static Optional<RunResult> settled(TrialOrder order, Trial trial) {
        RunDirectory run = order.run(trial);
        return run.finishedAndCurrent(order.present(trial))
                .filter(result -> splits(order, trial, line -> {}).stream()
                        .allMatch(split -> split.file().isIn(run.predictions())));
    }

    /**
     * Takes what another experiment has found for the same trial, where this one has not begun it.
     *
     * @return the folder of that experiment's run
     * @throws PaletteException when it cannot be copied
     */
    public static Optional<Path> takeFromElsewhere(TrialOrder order, Trial trial) {
        return new FinishedElsewhere(order.out(), order.experiment(), trial).take(order.present(trial));
    }

    /**
     * Does it.
     *
     * @param whenReady called once all is loaded, if there is something to train; training begins when it returns
     * @param stop asks to stop after the step at hand; what was trained is kept in a checkpoint
     * @throws PaletteException when data, weights or the run's folder are not as they should be
     */
    public TrialOutcome carryOut(Runnable whenReady, StopSignal stop) {
        Optional<RunLock> lock = RunLock.tryTake(run);
        if (lock.isEmpty()) {
            return TrialOutcome.LOCKED;
        }
        try (RunLock held = lock.get()) {
            return carryOutAlone(whenReady, stop);
        }
    }

    private TrialOutcome carryOutAlone(Runnable whenReady, StopSignal stop) {
        EncoderFiles encoder = new EncoderStore(order.cache(), DownloadProgress.SILENT).resolve(trial.encoder());
        if (run.finishedAndCurrent(order.present(trial)).isPresent()) {
            predictMissing(encoder, stop);
            return TrialOutcome.FINISHED_EARLIER;
        }
        TrialData data = TrialData.load(order, trial, order.predictTest(), encoder, listener::message);
        Opening opening = run.open(order.present(trial));
        opening.setAside().ifPresent(listener::message);
        TrialOrder agreed = agreed(opening.provenance());
        StopSignal own = new StopSignal(stop);
        TrialReporter reporter = new TrialReporter(trial, listener, own);
        boolean finished = new TrialExecution(trial, data, encoder, order.cache(), run, reporter)
                .execute(team, agreed, whenReady, own);
        team.remark().ifPresent(listener::message);
        reporter.stoppedEarly().ifPresent(run::stopEarly);
        return finished ? TrialOutcome.FINISHED : reporter.stopped();
    }

    /** The order as it is carried out: a run keeps the kernel that it began with; of replicas there are as many as there are now. */
    private TrialOrder agreed(Provenance began) {
        int replicas = team.replicas(began.replicas());
        if (replicas != began.replicas()) {
            listener.message("begun with %d replicas, it goes on with %d: the last digits of its numbers hang on that"
                    .formatted(began.replicas(), replicas));
        }
        return order.by(TrialExecution.kernel(began).on(order.kernel().device()), replicas);
    }

    /** Predictions that a finished run lacks: its test sets were not asked for, or not there, when it was made. */
    private void predictMissing(EncoderFiles encoder, StopSignal stop) {
        try {
            new FinishedModel(trial, run, encoder, order.cache(), listener::message)
                    .predict(splits(order, trial, listener::message), stop);
        } catch (PaletteException e) { // the result is there and stands, with or without
            listener.message("trial %s stays without some predictions: %s".formatted(trial.id(), e.getMessage()));
        }
    }

    private static List<PredictedSplit> splits(TrialOrder order, Trial trial, Consumer<String> messages) {
        List<PredictedSplit> splits = new ArrayList<>(PredictedSplit.dev(trial.tasks(), order.data()));
        if (order.predictTest()) {
            splits.addAll(PredictedSplit.test(trial.tasks(), order.data(), messages));
        }
        return splits;
    }
}
