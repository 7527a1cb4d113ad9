package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palette.experiment.Experiment;
import dev.palette.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies, and whenever: the sweep, run again, ends with the bits of one that ran in peace, and nothing finished is redone. */
@Tag(Faults.TAG)
@Timeout(3600)
class SweepFaultsTest {
    private static final int WORKERS_KILLED = 50;
    private static final int PARENTS_KILLED = 20;
    private static final int WORKERS_FROZEN = 10;
    private static final int RUNNERS_TOGETHER = 10;
    private static final int SWEEPS_OF_ODD_CLOCKS = 4;

    /** Of one sweep: the next ones see other moments. */
    private static final int FAULTS_A_SWEEP = 4;
    /** Seconds without a sign of life that are taken for a hang. */
    private static final int PATIENCE = 3;

    @TempDir
    private static Path folder;

    private static TinyExperiment tiny;
    private static Experiment experiment;
    private static Undisturbed undisturbed;
    private static long sweepMilliseconds;

    private final Random random = new Random();

    @BeforeAll
    static void anExperimentRunInPeace() throws Exception {
        tiny = TinyExperiment.write(folder);
        experiment = TinySweep.experiment(tiny);
        undisturbed = new Undisturbed(tiny, experiment);
        long start = System.nanoTime();
        try (TinySweep sweep = TinySweep.start(tiny, "in-workers", true)) {
            assertThat(sweep.endsWell(Integer.MAX_VALUE)).isTrue();
        }
        sweepMilliseconds = (System.nanoTime() - start) / 1_000_000;
        assertThat(undisturbed.isReachedBy("in-workers")).isTrue();
    }

    @Test
    void workersAreKilled() throws Exception {
        disturbWorkers("a worker killed", Faults.of(WORKERS_KILLED), ProcessHandle::destroyForcibly);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // no signals
    void workersStandStill() throws Exception {
        disturbWorkers("a worker stopped for good by SIGSTOP", Faults.of(WORKERS_FROZEN), SweepFaultsTest::freeze);
    }

    @Test
    void theParentIsKilled() throws Exception {
        disturbParents("the parent killed", Faults.of(PARENTS_KILLED), TinySweep::kill);
    }

    @Test
    void parentAndWorkersAreKilled() throws Exception {
        disturbParents("parent and workers killed", Faults.of(PARENTS_KILLED), TinySweep::killWithWorkers);
    }

    @Test
    void runnersShareAFolder() throws Exception {
        int sweeps = Faults.of(RUNNERS_TOGETHER);
        int lost = 0;
        for (int i = 0; i < sweeps; i++) {
            String out = "shared-" + i;
            boolean well = allEndWell(out, i % 2 == 0 ? 2 : 5);
            int steps = experiment.trials().size() * TinyExperiment.STEPS; // each taken once
            lost += well && undisturbed.isReachedBy(out) && TinySweep.stepsOf(tiny, out) == steps ? 0 : 1;
        }
        report("two, then five runners on one folder", sweeps, lost);
    }

    @Test
    void clocksJump() throws Exception {
        assumeTrue(JumpingClock.isThere(), "no libfaketime is installed here, which sets clocks for a process alone");
        int sweeps = Faults.of(SWEEPS_OF_ODD_CLOCKS);
        int jumps = 0;
        int lost = 0;
        for (int i = 0; i < sweeps; i++) {
            String out = "clock-" + i;
            try (JumpingClock clock = JumpingClock.in(folder);
                    TinySweep odd = TinySweep.start(tiny, out, true, clock.environment());
                    TinySweep even = TinySweep.start(tiny, out, true)) {
                clock.jump();
                boolean well = odd.endsWell(Integer.MAX_VALUE) & even.endsWell(Integer.MAX_VALUE);
                lost += well && undisturbed.isReachedBy(out) ? 0 : clock.jumps();
                jumps += clock.jumps();
            }
        }
        assertThat(jumps).isPositive();
        report("a clock set forward or back, beside a runner whose clock goes right", jumps, lost);
    }

    private boolean allEndWell(String out, int runners) throws Exception {
        List<TinySweep> together = new ArrayList<>();
        for (int r = 0; r < runners; r++) {
            together.add(TinySweep.start(tiny, out, true));
        }
        boolean well = true;
        for (TinySweep sweep : together) {
            well &= sweep.endsWell(Integer.MAX_VALUE);
        }
        return well;
    }

    private interface Blow {
        void hit(TinySweep sweep) throws InterruptedException;
    }

    private void disturbParents(String name, int faults, Blow blow) throws Exception {
        int tried = 0;
        int lost = 0;
        for (int round = 0; tried < faults; round++) {
            String out = name.replace(' ', '-') + "-" + round;
            int blows = 0;
            boolean done = false;
            while (!done) {
                boolean enough = blows == FAULTS_A_SWEEP || tried + blows == faults;
                try (TinySweep sweep = TinySweep.start(tiny, out, true)) {
                    done = sweep.endsWell(enough ? Integer.MAX_VALUE : random.nextLong(sweepMilliseconds));
                    assertThat(done || !enough).as("a sweep that is left alone").isTrue();
                    if (!done && sweep.isRunning()) {
                        blow.hit(sweep);
                        blows++;
                    }
                }
                undisturbed.look(out);
            }
            tried += blows;
            lost += undisturbed.isReachedBy(out) ? 0 : blows;
        }
        report(name, tried, lost);
    }

    private void disturbWorkers(String name, int faults, Consumer<ProcessHandle> blow) throws Exception {
        int tried = 0;
        int lost = 0;
        long life = sweepMilliseconds / experiment.trials().size();
        for (int round = 0; tried < faults; round++) {
            String out = name.replace(' ', '-') + "-" + round;
            int blows;
            try (Saboteur saboteur = new Saboteur(blow, Math.min(FAULTS_A_SWEEP, faults - tried), life)) {
                while (runHere(out).finished().size() < experiment.trials().size()) {
                    undisturbed.look(out); // a trial that was disturbed too often has failed; run again
                }
                blows = saboteur.done();
            }
            tried += blows;
            lost += undisturbed.isReachedBy(out) ? 0 : blows;
        }
        report(name, tried, lost);
    }

    private RunSummary runHere(String out) {
        return TinyExperiment.runner()
                .withPatience(PATIENCE)
                .run(experiment, TinySweep.options(tiny, out, TinySweep.IN_WORKERS), new StopSignal(), new Recorder());
    }

    private static void report(String name, int tried, int lost) {
        new Faults(name, tried, lost).report();
        assertThat(lost).as(name).isZero();
    }

    private static void freeze(ProcessHandle worker) {
        try {
            new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
