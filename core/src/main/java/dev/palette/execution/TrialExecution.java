package dev.palette.execution;

import dev.palette.energy.EnergyMeter;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.ParameterCounts;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.result.Parameters;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Head;
import dev.palette.task.Outputs;
import dev.palette.task.Task;
import dev.palette.train.CheckpointPlan;
import dev.palette.train.CheckpointStore;
import dev.palette.train.Communicator;
import dev.palette.train.Replica;
import dev.palette.train.StopSignal;
import dev.palette.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One trial, from its data and the encoder's weights to its result. */
final class TrialExecution {
    private final Trial trial;
    private final TrialData data;
    private final EncoderFiles encoder;
    private final Path cache;
    private final BertConfig config;
    private final RunDirectory run;
    private final TrialReporter reporter;

    TrialExecution(
            Trial trial, TrialData data, EncoderFiles encoder, Path cache, RunDirectory run, TrialReporter reporter) {
        this.trial = trial;
        this.data = data;
        this.encoder = encoder;
        this.cache = cache;
        this.config = config(trial.layers(), encoder.config());
        this.run = run;
        this.reporter = reporter;
    }

    /** The encoder's sizes with the layers that are kept, 0 for all. */
    static BertConfig config(int layers, BertConfig whole) {
        return layers == 0 ? whole : whole.withLayers(layers);
    }

    /** What each task's head gives. */
    static Map<String, Head> heads(List<Task> tasks) {
        Map<String, Head> heads = new LinkedHashMap<>();
        tasks.forEach(task -> heads.put(task.name(), task.head()));
        return heads;
    }

    /** Kernel, threads and device as a run began with them. */
    static KernelChoice kernel(Provenance provenance) {
        return new KernelChoice(
                Product.valueOf(provenance.kernels()), provenance.threads(), Device.of(provenance.device()));
    }

    /**
     * Trains, evaluates and predicts, from the last checkpoint if there is one.
     *
     * @param team the replicas between which each batch is divided
     * @param order the kernel, and threads of each replica, as the run began
     * @param whenReady called once all is loaded; training begins when it returns
     * @return whether the result is written; not when stopped before the end
     */
    boolean execute(Team team, TrialOrder order, Runnable whenReady, StopSignal stop) {
        return team.train(order, communicator -> {
            Runnable ready = communicator.leads() ? whenReady : () -> {}; // the others wait for the leader
            KernelChoice choice = team.own(order.kernel(), communicator.rank());
            return execute(choice, communicator, order.checkpoints(), ready, stop);
        });
    }

    /** One replica's part of it. */
    boolean execute(
            KernelChoice choice,
            Communicator communicator,
            CheckpointPlan checkpoints,
            Runnable whenReady,
            StopSignal stop) {
        RandomStreams random = new RandomStreams(trial.seed());
        Map<String, Head> heads = heads(trial.tasks());
        CheckpointStore store = new CheckpointStore(run.checkpoints(), checkpoints, reporter::message);
        try (Kernel kernel = Kernel.open(choice)) {
            ModelParameters parameters = new TrialStart(trial, encoder, reporter::message)
                    .parameters(config, heads, random, kernel.memory());
            MultiTaskModel model = new MultiTaskModel(config, trial.adapter(), heads, parameters);
            Trainer trainer = new Trainer(
                    trial.training(),
                    data.training(),
                    trial.sampling(),
                    random,
                    new Replica(kernel, model, parameters, communicator),
                    store,
                    reporter);
            trainer.resume();
            whenReady.run();
            if (!communicator.leads()) {
                boolean ended = trainer.train(stop);
                if (ended) {
                    evaluated(trainer);
                }
                return ended;
            }
            try (MetricsLog metrics = new MetricsLog(run.metrics(), trainer.done())) {
                reporter.begin(metrics, EnergyMeter.of(choice.device(), communicator.size()), trainer.done());
                return trainer.train(stop) && finish(trainer, metrics, store, stop);
            }
        }
    }

    /** Evaluates and predicts with the best weights; false when stopped before the end, of which nothing is then kept but files. */
    private boolean finish(Trainer trainer, MetricsLog metrics, CheckpointStore store, StopSignal stop) {
        List<Score> scores = new ArrayList<>();
        List<Score> majority = new ArrayList<>();
        evaluated(trainer).forEach((reported, outputs) -> {
            scores.addAll(Score.list(
                    reported.task(), reported.evaluation(), reported.data().scores(outputs)));
            reported.file().write(run.predictions(), reported.data().predictions(outputs));
            reported.majority()
                    .ifPresent(found -> majority.addAll(Score.list(reported.task(), reported.evaluation(), found)));
        });
        Predictor predictor = new Predictor(trial, encoder, cache, run.predictions(), reporter::message);
        if (!predictor.predict(data.unlabelled(), trainer.evaluator().alone(), stop)) {
            return false;
        }
        run.finish(result(trainer, scores, majority).drawing(metrics.joules()));
        store.finish(trainer.best().step());
        return true;
    }

    /** What the best weights say of the splits to be reported; all replicas share the work, and know. */
    private Map<TrialData.Reported, Outputs> evaluated(Trainer trainer) {
        trainer.takeBestWeights();
        Map<TrialData.Reported, Outputs> all = new LinkedHashMap<>();
        for (TrialData.Reported reported : data.reported()) {
            reporter.message("evaluating " + reported.evaluation().name() + " on "
                    + reported.evaluation().split().label());
            all.put(reported, trainer.evaluator().outputs(reported.task(), reported.data()));
        }
        return all;
    }

    private RunResult result(Trainer trainer, List<Score> scores, List<Score> majority) {
        ParameterCounts counts = ParameterCounts.of(config, trial.adapter(), heads(trial.tasks()));
        return RunResult.of(
                trial,
                scores,
                majority,
                new Parameters(counts.total(), counts.bert()),
                Math.toIntExact(trainer.best().step()),
                trainer.remarks(),
                trainer.seconds(),
                PeakMemory.bytes());
    }
}
