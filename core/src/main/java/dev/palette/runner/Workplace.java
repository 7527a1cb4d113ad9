package dev.palette.runner;

import dev.palette.execution.JobTeam;
import dev.palette.execution.KernelMemory;
import dev.palette.execution.Team;
import dev.palette.experiment.RunPlan;
import dev.palette.kernel.Kernel;
import dev.palette.launch.AskedWorker;
import dev.palette.launch.Devices;
import dev.palette.launch.Kernels;
import dev.palette.launch.Launcher;
import dev.palette.launch.LauncherFactory;
import dev.palette.launch.LocalLauncher;
import dev.palette.launch.Slot;
import dev.palette.search.TrialSource;
import dev.palette.slurm.SlurmLauncher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where an experiment's trials run, as its plan says: in this process, or in workers that a launcher starts. */
final class Workplace implements AutoCloseable {
    private final RunPlan plan;
    private final Optional<Launcher> launcher;
    private final List<Slot> own;
    private final Kernels kernels;
    private final Team team;

    private Workplace(RunPlan plan, Optional<Launcher> launcher, List<Slot> own, Kernels kernels, Team team) {
        this.plan = plan;
        this.launcher = launcher;
        this.own = own;
        this.kernels = kernels;
        this.team = team;
    }

    /**
     * How a runner was made.
     *
     * @param measure finds the kernels in place of this machine's own measurement
     * @param patience with local workers, in seconds
     * @param job the processes that train each trial together
     */
    record Means(Optional<KernelMemory.Measure> measure, int patience, Optional<JobTeam> job) {}

    /**
     * The place for an experiment.
     *
     * @param experiment its name
     * @param source its trials
     * @param notices hears how a cluster does
     * @throws dev.palette.spec.PaletteException when the plan names devices that aren't there
     */
    static Workplace of(
            RunOptions options, Means means, String experiment, TrialSource source, Consumer<String> notices) {
        RunPlan plan = options.plan();
        Path cache = options.cacheDir();
        Kernels kernels = new Kernels(cache, slot -> means.measure().orElse(Kernel::measure));
        if (means.job().isPresent()) {
            JobTeam job = means.job().get();
            Slot slot = Devices.ofJob(job, options.threads());
            return new Workplace(plan, Optional.empty(), List.of(slot), kernels, job);
        }
        int threads = options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads();
        if (plan.inProcess()) {
            Slot slot = Devices.processors(threads, plan.replicas());
            return new Workplace(plan, Optional.empty(), List.of(slot), kernels, Team.WITHIN);
        }
        if (plan.launcher().equals(RunPlan.SLURM)) {
            boolean search = source.metric().isPresent();
            Launcher cluster = new SlurmLauncher(plan, options.out().resolve(experiment), search, notices);
            return new Workplace(plan, Optional.of(cluster), List.of(), kernels, Team.WITHIN);
        }
        if (plan.launcher().equals(RunPlan.SPARK)) {
            boolean search = source.metric().isPresent();
            Launcher cluster = LauncherFactory.of(plan).open(plan, options.out().resolve(experiment), search, notices);
            return new Workplace(plan, Optional.of(cluster), List.of(), kernels, Team.WITHIN);
        }
        Devices devices = new Devices(plan, threads, new AskedWorker(plan, cache).gpuNames());
        List<Slot> slots = source.total() == 1 && plan.replicas() == 1 ? devices.together() : devices.slots();
        Launcher local = new LocalLauncher(plan, slots, cache, means.measure(), means.patience());
        return new Workplace(plan, Optional.of(local), List.of(), kernels, Team.WITHIN);
    }

    /**
     * Trials that run at once.
     *
     * @param open those that there are to run
     */
    int atOnce(int open) {
        return launcher.map(each -> each.slots(open)).orElse(own).size();
    }

    /**
     * Who lets the trials run.
     *
     * @param open those that there are to run
     * @param notices hears on what they run
     */
    Scheduler scheduler(int open, Consumer<String> notices) {
        if (launcher.isEmpty()) {
            return new InProcessScheduler(own.get(0), kernels, team, plan.keepGoing());
        }
        notices.accept(launcher.get().text());
        return new WorkerScheduler(launcher.get(), launcher.get().slots(open), plan);
    }

    @Override
    public void close() {
        launcher.ifPresent(Launcher::close);
    }
}
