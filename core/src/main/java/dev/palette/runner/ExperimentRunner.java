package dev.palette.runner;

import dev.palette.adapter.Adapter;
import dev.palette.execution.KernelMemory;
import dev.palette.execution.TrialOrder;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialOrdering;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.BertConfig;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.pretrained.EncoderFiles;
import dev.palette.pretrained.EncoderStore;
import dev.palette.pretrained.FingerprintMemory;
import dev.palette.result.Provenance;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.PaletteException;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Brings an experiment's trials to their results: what is finished is not run again, what was interrupted goes on from its last
 * checkpoint, and a trial that fails does not stop the others.
 */
public final class ExperimentRunner {
    private final DownloadProgress downloads;
    private final Optional<KernelMemory.Measure> measure;
    private final int patience;

    /**
     * A runner.
     *
     * @param downloads hears of weights being fetched
     */
    public ExperimentRunner(DownloadProgress downloads) {
        this(downloads, Optional.empty(), LocalLauncher.TICKS_OF_PATIENCE);
    }

    /**
     * A runner that takes another's word for the kernel, where runs must not differ by what a clock says.
     *
     * @param measure finds the kernel
     */
    ExperimentRunner(DownloadProgress downloads, KernelMemory.Measure measure) {
        this(downloads, Optional.of(measure), LocalLauncher.TICKS_OF_PATIENCE);
    }

    private ExperimentRunner(DownloadProgress downloads, Optional<KernelMemory.Measure> measure, int patience) {
        this.downloads = downloads;
        this.measure = measure;
        this.patience = patience;
    }

    /** The same with other seconds after which a worker without a sign of life is taken to hang. */
    ExperimentRunner withPatience(int seconds) {
        return new ExperimentRunner(downloads, measure, seconds);
    }

    /**
     * Brings every trial to its result.
     *
     * @param stop asks to stop after the steps at hand; what was trained is kept in checkpoints
     * @throws PaletteException when the input of the experiment is bad: data, weights, folders, devices
     */
    public RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
        return new Sitting(experiment, options, stop, listener).run();
    }

    /** One call of {@link #run}. */
    private final class Sitting {
        private final Experiment experiment;
        private final RunOptions options;
        private final RunPlan plan;
        private final StopSignal stop;
        private final RunListener listener;
        private final Path dataDir;
        private final EncoderFiles encoder;
        private final SortedMap<String, String> files;
        private final List<Slot> slots;
        private final Map<List<Product>, KernelChoice> kernels = new HashMap<>();

        Sitting(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
            this.experiment = experiment;
            this.options = options;
            this.plan = options.plan();
            this.stop = stop;
            this.listener = listener;
            Path data = options.dataDir();
            if (data == null) {
                throw new PaletteException(
                        "no data directory is set; give it with --set data.dir=DIR, or in the script with: dataDir 'DIR'");
            }
            this.dataDir = data;
            this.slots = slots();
            this.encoder = new EncoderStore(options.cacheDir(), downloads).resolve(experiment.encoder());
            requirePositions(experiment.training(), encoder.config());
            this.files = Provenance.fingerprints(experiment.tasks(), dataDir, FingerprintMemory.in(options.cacheDir()));
        }

        private List<Slot> slots() {
            int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
            return plan.inProcess()
                    ? List.of(new Slot("cpu", Device.CPU, threads, Map.of()))
                    : new Devices(plan, threads, gpus()).slots();
        }

        /** Those that this process may use; a build for processors alone has none, and its engine is not asked. */
        private List<String> gpus() {
            boolean cuda = System.getProperty("PYTORCH_FLAVOR", "").startsWith("cu");
            int count = cuda ? new AskedWorker(plan, options.cacheDir()).gpus() : 0;
            return Devices.names(count, System.getenv("CUDA_VISIBLE_DEVICES"));
        }

        RunSummary run() {
            Account account = new Account(listener);
            List<Assignment> open = new ArrayList<>();
            List<Assignment> all = assignments();
            for (Assignment assignment : all) {
                Optional<RunResult> known = stop.isRequested() ? Optional.empty() : assignment.settled(slots.get(0));
                known.ifPresentOrElse(result -> account.finished(assignment, result, true), () -> open.add(assignment));
            }
            if (!open.isEmpty() && !stop.isRequested()) {
                launcher().launch(ordered(open), account, stop);
            }
            return account.summary(all.size(), stop.isRequested());
        }

        private List<Assignment> assignments() {
            List<Trial> trials = experiment.trials();
            List<Assignment> assignments = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                Trial trial = trials.get(i);
                RunDirectory run = RunDirectory.of(options.out(), experiment.name(), trial);
                assignments.add(new Assignment(trial, i, trials.size(), run, slot -> order(trial, slot)));
            }
            return assignments;
        }

        private List<Assignment> ordered(List<Assignment> open) {
            if (plan.order() == TrialOrdering.BY_SEED) {
                return open; // as an experiment lists them
            }
            List<Adapter> adapters = experiment.adapters();
            List<TaskSampling> samplings = experiment.samplings();
            return open.stream()
                    .sorted(Comparator.<Assignment>comparingInt(
                                    each -> adapters.indexOf(each.trial().adapter()))
                            .thenComparingInt(
                                    each -> samplings.indexOf(each.trial().sampling())))
                    .toList();
        }

        private Launcher launcher() {
            if (plan.inProcess()) {
                return new InProcessLauncher(slots.get(0), plan.keepGoing());
            }
            MemoryBound bound = MemoryBound.of(plan, slots);
            listener.notice(bound.text());
            return new LocalLauncher(slots, plan, bound.megabytes(), patience);
        }

        private TrialOrder order(Trial trial, Slot slot) {
            return new TrialOrder(
                    trial.json(),
                    experiment.name(),
                    options.out().toAbsolutePath(),
                    dataDir.toAbsolutePath(),
                    options.cacheDir().toAbsolutePath(),
                    options.predictTest(),
                    options.checkpoints().interval().toMillis(),
                    options.checkpoints().steps(),
                    options.checkpoints().keep(),
                    kernel(trial, slot),
                    encoder.fingerprint(),
                    files);
        }

        /** Kernel and threads for a run that begins now; all slots have the same number of threads. */
        private KernelChoice kernel(Trial trial, Slot slot) {
            Device device = slot.device();
            return kernels.computeIfAbsent(
                    trial.training().precision().products(device),
                    candidates -> new KernelMemory(options.cacheDir(), measure(slot))
                            .fastest(candidates, slot.threads(), device));
        }

        private KernelMemory.Measure measure(Slot slot) {
            return measure.orElse(
                    plan.inProcess() ? Kernel::measure : new AskedWorker(plan, options.cacheDir()).measuring(slot));
        }
    }

    private static void requirePositions(Training training, BertConfig encoder) {
        if (training.maxLength() > encoder.positions()) {
            throw new PaletteException(
                    "train.maxLength is %d, but the encoder reads at most %d word pieces (max_position_embeddings); set train.maxLength to %d or less"
                            .formatted(training.maxLength(), encoder.positions(), encoder.positions()));
        }
    }
}
