package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.worker.Worker;
import dev.palette.worker.WorkerCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time that a trial has used, by which a limit ends it. */
class RunningTest {
    private final Queued worker = new Queued();
    private Running running;

    @BeforeEach
    void start() {
        running = new Running(null);
        running.with(worker);
    }

    @Test
    void timeCountsFromTheMomentItMayTrain() {
        running.tick();
        running.beginIfPrepared();
        running.tick();
        assertThat(running.ticks()).isZero();

        running.prepared();
        running.beginIfPrepared();
        running.tick();
        running.tick();

        assertThat(running.ticks()).isEqualTo(2);
        assertThat(worker.heard).containsExactly(new WorkerCommand.Begin());
    }

    @Test
    void timeStandsStillWhileItWaitsForAMachineAgain() {
        running.prepared();
        running.beginIfPrepared();
        running.tick();

        worker.waiting = true;
        running.tick();
        running.tick();
        assertThat(running.ticks()).isEqualTo(1);

        worker.waiting = false;
        running.tick();
        assertThat(running.ticks()).isEqualTo(2);
    }

    /** A worker that a queue may take off its machine. */
    private static final class Queued implements Worker {
        private final List<WorkerCommand> heard = new ArrayList<>();
        private boolean waiting;

        @Override
        public void tell(WorkerCommand command) {
            heard.add(command);
        }

        @Override
        public boolean isWaiting() {
            return waiting;
        }

        @Override
        public void kill() {
            throw new AssertionError("nobody asked for that");
        }
    }
}
