package dev.palette.runner;

import dev.palette.execution.JobTeam;
import dev.palette.execution.KernelMemory;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.RunPlan;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialOrdering;
import dev.palette.experiment.Variant;
import dev.palette.launch.LocalLauncher;
import dev.palette.remote.DownloadProgress;
import dev.palette.result.DiskUse;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunResult;
import dev.palette.result.SweepDisk;
import dev.palette.search.FixedTrials;
import dev.palette.search.Study;
import dev.palette.search.SweepPlan;
import dev.palette.search.TrialSource;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.storage.LockedFolder;
import dev.palette.train.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Brings an experiment's trials to their results: what is finished is not run again, what was interrupted goes on from its last
 * checkpoint, and a trial that fails does not stop the others.
 */
public final class ExperimentRunner {
    /** Beside the locks of the runs. */
    private static final String SEARCH_LOCK = ".locks/search";

    private final DownloadProgress downloads;
    private final Workplace.Means means;

    /** A runner for programs: it shows nothing. */
    public ExperimentRunner() {
        this(DownloadProgress.SILENT);
    }

    /**
     * A runner.
     *
     * @param downloads hears of weights being fetched
     */
    public ExperimentRunner(DownloadProgress downloads) {
        this(downloads, new Workplace.Means(Optional.empty(), LocalLauncher.SECONDS_OF_PATIENCE, Optional.empty()));
    }

    /**
     * A runner that takes another's word for the kernel, where runs must not differ by what a clock says.
     *
     * @param measure finds the kernel
     */
    ExperimentRunner(DownloadProgress downloads, KernelMemory.Measure measure) {
        this(downloads, new Workplace.Means(Optional.of(measure), LocalLauncher.SECONDS_OF_PATIENCE, Optional.empty()));
    }

    private ExperimentRunner(DownloadProgress downloads, Workplace.Means means) {
        this.downloads = downloads;
        this.means = means;
    }

    /** The same for the processes of a job, which this one leads: they train each trial together, one after the other. */
    public ExperimentRunner leading(JobTeam team) {
        return new ExperimentRunner(
                downloads, new Workplace.Means(means.measure(), means.patience(), Optional.of(team)));
    }

    /** The same with other seconds after which a worker without a sign of life is taken to hang. */
    ExperimentRunner withPatience(int seconds) {
        return new ExperimentRunner(downloads, new Workplace.Means(means.measure(), seconds, means.job()));
    }

    /**
     * Brings every trial of an experiment to its result, with nobody looking on.
     *
     * @throws PaletteException when the input of the experiment is bad
     */
    public RunSummary run(Experiment experiment, RunOptions options) {
        return run(experiment, options, new StopSignal(), RunListener.SILENT);
    }

    /**
     * Brings every trial of an experiment to its result, or to where its search stops it.
     *
     * @param stop asks to stop after the steps at hand; what was trained is kept in checkpoints
     * @throws PaletteException when the input of the experiment is bad: data, weights, folders, devices, too small a disk, or a search
     *     that another process is at
     */
    public RunSummary run(Experiment experiment, RunOptions options, StopSignal stop, RunListener listener) {
        experiment.pins().note(options.out().resolve(experiment.name()));
        SweepPlan plan = SweepPlan.of(experiment, new ModelSizes(options.cacheDir(), downloads));
        plan.warning().ifPresent(listener::notice);
        if (experiment.sweep().isFixed()) {
            return run(experiment.name(), plan.trials(), options, stop, listener);
        }
        Path folder = options.out().resolve(experiment.name());
        try (LockedFolder lock =
                LockedFolder.tryLock(folder.resolve(SEARCH_LOCK)).orElse(null)) {
            if (lock == null) {
                throw new PaletteException(
                        "another process searches experiment '%s' in %s; a search has one process, which may run several trials at once (--devices)"
                                .formatted(experiment.name(), options.out()));
            }
            try (Study study =
                    Study.open(plan, folder, metric -> EarlierRuns.observations(experiment, folder, metric))) {
                return new Sitting(experiment.name(), study, plan.trials(), options, stop, listener).run();
            }
        }
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
        return new Sitting(experiment, new FixedTrials(trials), trials, options, stop, listener).run();
    }

    /** One call of {@link #run}. */
    private final class Sitting {
        private final String experiment;
        private final TrialSource source;
        private final List<Trial> trials;
        private final RunOptions options;
        private final RunPlan plan;
        private final StopSignal stop;
        private final RunListener listener;
        private final TrialInputs inputs;
        private final Workplace place;

        /**
         * A sitting.
         *
         * @param trials those of the source that are known already
         */
        Sitting(
                String experiment,
                TrialSource source,
                List<Trial> trials,
                RunOptions options,
                StopSignal stop,
                RunListener listener) {
            this.experiment = experiment;
            this.source = source;
            this.trials = List.copyOf(trials);
            this.options = options;
            this.plan = options.plan();
            this.stop = stop;
            this.listener = listener;
            this.inputs = new TrialInputs(experiment, trials, source.judges(), options, downloads);
            this.place = Workplace.of(options, means, experiment, source, listener::notice);
        }

        RunSummary run() {
            Account account = new Account(listener, source);
            try (place) {
                if (source.metric().isPresent()) {
                    search(account);
                } else {
                    runAll(account);
                }
            }
            return account.summary(source.total(), stop.isRequested());
        }

        /** Trials that are named one after the other, some of which hang on the scores of others. */
        private void search(Account account) {
            requireDisk(trials.stream().map(trial -> assignment(trial, 0)).toList(), source.total());
            Feed feed = new StudyFeed(source, account, next -> assignment(next.trial(), next.index()));
            place.scheduler(source.total(), listener::notice).carryOut(feed, account, stop);
        }

        private void runAll(Account account) {
            List<Assignment> open = new ArrayList<>();
            for (Optional<TrialSource.Next> next = source.next(); next.isPresent(); next = source.next()) {
                Assignment assignment =
                        assignment(next.get().trial(), next.get().index());
                if (!isSettled(assignment, account)) {
                    open.add(assignment);
                }
            }
            if (!open.isEmpty() && !stop.isRequested()) {
                requireDisk(open, open.size());
                place.scheduler(open.size(), listener::notice).carryOut(new ListedFeed(ordered(open)), account, stop);
            }
        }

        /** Whether there is nothing to be done for a trial: it is finished, or its run is damaged. */
        private boolean isSettled(Assignment assignment, Account account) {
            if (stop.isRequested()) {
                return false;
            }
            try {
                Optional<RunResult> known = assignment.settled(line -> account.message(assignment, line));
                known.ifPresent(result -> account.finished(assignment, result, true));
                return known.isPresent();
            } catch (
                    PaletteException
                            e) { // it says what to do with that run; the other trials have nothing to do with it
                account.failed(assignment, e);
                return true;
            }
        }

        private Assignment assignment(Trial trial, int index) {
            RunDirectory run = RunDirectory.of(options.out(), experiment, trial);
            return new Assignment(trial, index, source.total(), run, inputs);
        }

        /**
         * Says what the runs will take of the disk; better now that it is too small than in the night.
         *
         * @param known trials
         * @param count how many there will be, of which those that are not known take what the largest of the known does
         */
        private void requireDisk(List<Assignment> known, int count) {
            List<DiskUse> uses = new ArrayList<>();
            known.forEach(each -> uses.add(inputs.disk(each.trial())
                    .less(FileTree.facts(each.run().folder()).bytes())));
            uses.stream()
                    .max(Comparator.comparingLong(DiskUse::peak))
                    .ifPresent(largest -> uses.addAll(Collections.nCopies(Math.max(0, count - uses.size()), largest)));
            SweepDisk disk = SweepDisk.of(uses, place.atOnce(count));
            disk.requireRoom(options.out());
            listener.notice(disk.text(options.out()));
        }

        private List<Assignment> ordered(List<Assignment> open) {
            if (plan.order() == TrialOrdering.BY_SEED) {
                return open; // as an experiment lists them
            }
            List<Variant> variants = trials.stream().map(Variant::of).distinct().toList();
            return open.stream()
                    .sorted(Comparator.comparingInt(each -> variants.indexOf(Variant.of(each.trial()))))
                    .toList();
        }
    }
}
