package dev.palette.runner;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.ParameterCounts;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderSource;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.pretrained.ReleasedEncoders;
import dev.palette.result.Opening;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.RunState;
import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import dev.palette.spec.RandomStreams;
import dev.palette.storage.LockedFolder;
import dev.palette.task.DatasetStore;
import dev.palette.task.Head;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an experiment's trials one after the other in this process. What is finished is not run again; what was interrupted continues
 * from its last checkpoint; a trial that fails does not stop the others.
 */
public final class ExperimentRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRunner.class);
    private static final Device DEVICE = Device.CPU;

    private final DownloadProgress downloads;
    private final KernelMemory.Measure measure;

    /**
     * A runner.
     *
     * @param downloads hears of weights being fetched
     */
    public ExperimentRunner(DownloadProgress downloads) {
        this(downloads, Kernel::measure);
    }

    /**
     * A runner that takes another's word for the kernel, where runs must not differ by what a clock says.
     *
     * @param measure finds the kernel
     */
    ExperimentRunner(DownloadProgress downloads, KernelMemory.Measure measure) {
        this.downloads = downloads;
        this.measure = measure;
    }

    /**
     * Brings every trial to its result.
     *
     * @param stop asks to stop after the step at hand; what was trained is kept in a checkpoint
     * @throws PaletteException when the input of the experiment is bad: data, weights, folders
     */
    public RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
        return new Sitting(experiment, options, stop, listener).run();
    }

    /** One call of {@link #run}. */
    private final class Sitting {
        private final Experiment experiment;
        private final RunOptions options;
        private final StopSignal stop;
        private final RunListener listener;
        private final Path dataDir;
        private final EncoderFiles encoder;
        private final Map<String, String> fingerprints;
        private final List<RunResult> finished = new ArrayList<>();
        private final Map<List<Product>, KernelChoice> measured = new HashMap<>();
        private int cached;
        private int failed;

        Sitting(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
            this.experiment = experiment;
            this.options = options;
            this.stop = stop;
            this.listener = listener;
            Path data = options.dataDir();
            if (data == null) {
                throw new PaletteException(
                        "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
            }
            this.dataDir = data;
            this.encoder = new EncoderStore(options.cacheDir(), downloads).resolve(experiment.encoder());
            requirePositions(experiment.training(), encoder.config());
            this.fingerprints =
                    Provenance.fingerprints(experiment.tasks(), dataDir, FingerprintMemory.in(options.cacheDir()));
        }

        RunSummary run() {
            List<Trial> trials = experiment.trials();
            for (int i = 0; i < trials.size() && !stop.isRequested(); i++) {
                Trial trial = trials.get(i);
                RunDirectory run = RunDirectory.of(options.out(), experiment.name(), trial);
                Optional<LockedFolder> lock = run.tryLock();
                if (lock.isEmpty()) {
                    fail(
                            trial,
                            new PaletteException("trial %s is being run by another process; run again when it is done"
                                    .formatted(trial.id())));
                    continue;
                }
                try (LockedFolder held = lock.get()) {
                    settle(trial, run, new TrialReporter(trial, i, trials.size(), listener));
                }
            }
            return new RunSummary(
                    finished, cached, failed, stop.isRequested() && finished.size() + failed < trials.size());
        }

        /** Takes the trial's result from its folder, or makes it. */
        private void settle(Trial trial, RunDirectory run, TrialReporter reporter) {
            Optional<RunResult> known = run.finishedAndCurrent(present(trial, "not measured", 0));
            if (known.isPresent()) {
                cached++;
                predictMissing(trial, run);
                accept(trial, known.get(), true);
                return;
            }
            TrialData data = load(trial);
            KernelChoice choice =
                    run.state() == RunState.UNFINISHED ? TrialExecution.kernel(run.provenance()) : choice(trial);
            Opening opening = run.open(present(trial, choice.product().name(), choice.threads()));
            opening.setAside().ifPresent(listener::message);
            KernelChoice frozen = TrialExecution.kernel(opening.provenance());
            try {
                new TrialExecution(trial, data, encoder, options.cacheDir(), run, reporter)
                        .execute(frozen, options.checkpoints(), stop)
                        .ifPresent(result -> accept(trial, result, false));
            } catch (DivergedException e) {
                fail(trial, e);
            } catch (PaletteException e) { // bad input: the other trials would meet it too
                throw e;
            } catch (RuntimeException e) { // one trial's failure, whatever it is, must not cost the others
                fail(trial, e);
            }
        }

        /** Predictions that a finished run lacks: its test sets were not asked for, or not there, when it was made. */
        private void predictMissing(Trial trial, RunDirectory run) {
            List<PredictedSplit> splits = new ArrayList<>(PredictedSplit.dev(trial.tasks(), dataDir));
            if (options.predictTest()) {
                splits.addAll(PredictedSplit.test(trial.tasks(), dataDir, listener::message));
            }
            try {
                new FinishedModel(trial, run, encoder, options.cacheDir(), listener::message).predict(splits, stop);
            } catch (PaletteException e) { // the result is there and stands, with or without
                listener.message("trial %s stays without some predictions: %s".formatted(trial.id(), e.getMessage()));
            }
        }

        private Provenance present(Trial trial, String kernels, int threads) {
            return Provenance.present(trial, DEVICE.toString(), kernels, threads, encoder.fingerprint(), fingerprints);
        }

        private TrialData load(Trial trial) {
            try (DatasetStore datasets = Predictor.datasets(trial, encoder, options.cacheDir(), listener::message)) {
                RandomStreams random = new RandomStreams(trial.seed());
                return TrialData.load(trial, dataDir, options.predictTest(), datasets, random, listener::message);
            }
        }

        /** Kernel and threads for a run that begins now. */
        private KernelChoice choice(Trial trial) {
            int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
            List<Product> candidates = trial.training().precision().products(DEVICE);
            return measured.computeIfAbsent(
                    candidates, c -> new KernelMemory(options.cacheDir(), measure).fastest(c, threads, DEVICE));
        }

        private void accept(Trial trial, RunResult result, boolean wasThere) {
            finished.add(result);
            listener.trialFinished(trial, result, wasThere);
        }

        private void fail(Trial trial, RuntimeException cause) {
            failed++;
            LOG.error("trial {} failed", trial.id(), cause);
            listener.trialFailed(trial, cause);
        }
    }

    private static void requirePositions(Training plan, BertConfig encoder) {
        if (plan.maxLength() > encoder.positions()) {
            throw new PaletteException(
                    "train.maxLength is %d, but the encoder reads at most %d word pieces (max_position_embeddings); set train.maxLength to %d or less"
                            .formatted(plan.maxLength(), encoder.positions(), encoder.positions()));
        }
    }

    /**
     * How large the model of each of an experiment's architectures is; makes no tensor and, for a released encoder, fetches nothing.
     *
     * @return counts by adapter, in the experiment's order
     */
    public static Map<Adapter, ParameterCounts> parameters(Experiment experiment, Path cacheDir) {
        BertConfig encoder = encoder(experiment, cacheDir);
        Map<String, Head> heads = TrialExecution.heads(experiment.tasks());
        Map<Adapter, ParameterCounts> counts = new LinkedHashMap<>();
        experiment.adapters().forEach(adapter -> counts.put(adapter, ParameterCounts.of(encoder, adapter, heads)));
        return counts;
    }

    /** The sizes of an experiment's encoder, with the layers that it keeps; for a released encoder, fetches nothing. */
    public static BertConfig encoder(Experiment experiment, Path cacheDir) {
        BertConfig whole = experiment.encoder() instanceof EncoderSource.Released released
                ? new ReleasedEncoders().named(released.name()).config()
                : new EncoderStore(cacheDir, DownloadProgress.SILENT)
                        .resolve(experiment.encoder())
                        .config();
        return TrialExecution.config(experiment.layers(), whole);
    }
}
