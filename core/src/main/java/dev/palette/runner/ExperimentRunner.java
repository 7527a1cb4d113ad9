package dev.palette.runner;

import dev.palette.execution.KernelMemory;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialOrdering;
import dev.palette.kernel.Device;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.pretrained.DownloadProgress;
import dev.palette.result.DiskUse;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.SweepDisk;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.train.StopSignal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Brings every trial of an experiment to its result. */
    public RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
        return run(experiment.name(), experiment.trials(), options, stop, listener);
    }

    /**
     * Brings some trials of an experiment to their results.
     *
     * @param experiment its name, which its folder has
     * @param trials in the order in which they begin, unless the plan says otherwise
     * @param stop asks to stop after the steps at hand; what was trained is kept in checkpoints
     * @throws PaletteException when the input of the experiment is bad: data, weights, folders, devices, or too small a disk
     */
    public RunSummary run(
            String experiment, List<Trial> trials, RunOptions options, StopSignal stop, RunListener listener) {
        return new Sitting(experiment, trials, options, stop, listener).run();
    }

    /** One call of {@link #run}. */
    private final class Sitting {
        private final String experiment;
        private final List<Trial> trials;
        private final RunOptions options;
        private final RunPlan plan;
        private final StopSignal stop;
        private final RunListener listener;
        private final TrialInputs inputs;
        private final List<Slot> slots;
        private final Map<List<Product>, KernelChoice> kernels = new HashMap<>();

        Sitting(String experiment, List<Trial> trials, RunOptions options, StopSignal stop, RunListener listener) {
            this.experiment = experiment;
            this.trials = List.copyOf(trials);
            this.options = options;
            this.plan = options.plan();
            this.stop = stop;
            this.listener = listener;
            this.inputs = new TrialInputs(experiment, trials, options, downloads);
            this.slots = slots();
        }

        private List<Slot> slots() {
            int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
            if (plan.inProcess()) {
                return List.of(Devices.processors(threads, plan.replicas()));
            }
            Devices devices = new Devices(plan, threads, gpus());
            return trials.size() == 1 && plan.replicas() == 1 ? devices.together() : devices.slots();
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
            for (Assignment assignment : assignments()) {
                if (!isSettled(assignment, account)) {
                    open.add(assignment);
                }
            }
            if (!open.isEmpty() && !stop.isRequested()) {
                requireDisk(open);
                launcher().launch(ordered(open), account, stop);
            }
            return account.summary(trials.size(), stop.isRequested());
        }

        /** Whether there is nothing to be done for a trial: it is finished, or its run is damaged. */
        private boolean isSettled(Assignment assignment, Account account) {
            if (stop.isRequested()) {
                return false;
            }
            try {
                Optional<RunResult> known = assignment.settled();
                known.ifPresent(result -> account.finished(assignment, result, true));
                return known.isPresent();
            } catch (
                    PaletteException
                            e) { // it says what to do with that run; the other trials have nothing to do with it
                account.failed(assignment, e);
                return true;
            }
        }

        private List<Assignment> assignments() {
            List<Assignment> assignments = new ArrayList<>();
            for (int i = 0; i < trials.size(); i++) {
                Trial trial = trials.get(i);
                RunDirectory run = RunDirectory.of(options.out(), experiment, trial);
                assignments.add(new Assignment(trial, i, trials.size(), run, inputs, slot -> kernel(trial, slot)));
            }
            return assignments;
        }

        /** Says what the runs will take of the disk; better now that it is too small than in the night. */
        private void requireDisk(List<Assignment> open) {
            List<DiskUse> uses = open.stream()
                    .map(each -> inputs.disk(each.trial())
                            .less(FileTree.facts(each.run().folder()).bytes()))
                    .toList();
            SweepDisk disk = SweepDisk.of(uses, slots.size());
            disk.requireRoom(options.out());
            listener.notice(disk.text(options.out()));
        }

        private List<Assignment> ordered(List<Assignment> open) {
            if (plan.order() == TrialOrdering.BY_SEED) {
                return open; // as an experiment lists them
            }
            List<List<Object>> variants =
                    trials.stream().map(Sitting::variant).distinct().toList();
            return open.stream()
                    .sorted(Comparator.comparingInt(each -> variants.indexOf(variant(each.trial()))))
                    .toList();
        }

        private static List<Object> variant(Trial trial) {
            return List.of(trial.adapter(), trial.sampling(), trial.training());
        }

        private Launcher launcher() {
            if (plan.inProcess()) {
                return new InProcessLauncher(slots.get(0), plan.keepGoing());
            }
            MemoryBound bound = MemoryBound.of(plan, slots);
            listener.notice(bound.text());
            return new LocalLauncher(slots, plan, bound.megabytes(), patience);
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
}
