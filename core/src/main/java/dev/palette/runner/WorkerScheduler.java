package dev.palette.runner;

import dev.palette.experiment.RunPlan;
import dev.palette.launch.Launcher;
import dev.palette.launch.Slot;
import dev.palette.train.StopSignal;
import java.util.List;

/**
 * Trials in workers, one a slot, with the next one loading while the current one ends.
 *
 * @param launcher starts the workers
 * @param slots of the launcher's
 */
record WorkerScheduler(Launcher launcher, List<Slot> slots, RunPlan plan) implements Scheduler {
    WorkerScheduler {
        slots = List.copyOf(slots);
    }

    @Override
    public void carryOut(Feed trials, Account account, StopSignal stop) {
        new Shift(launcher, slots, plan, trials, account, stop).work();
    }
}
