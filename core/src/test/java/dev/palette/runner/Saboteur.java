package dev.palette.runner;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Does something to the workers of this process, to each at a random moment of its life, until it was done often enough. */
final class Saboteur implements AutoCloseable {
    private static final int MILLISECONDS_BETWEEN_LOOKS = 5;

    private final Random random = new Random();
    private final Set<Long> seen = new HashSet<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger done = new AtomicInteger();
    private final Consumer<ProcessHandle> what;
    private final int most;
    private final long lifeMilliseconds;
    private final Thread thread = new Thread(this::work, "saboteur");

    /**
     * Begins at once.
     *
     * @param most how often it is done
     * @param lifeMilliseconds how long a worker lives when it is left alone
     */
    Saboteur(Consumer<ProcessHandle> what, int most, long lifeMilliseconds) {
        this.what = what;
        this.most = most;
        this.lifeMilliseconds = lifeMilliseconds;
        thread.start();
    }

    /** How often it was done to a worker that lived. */
    int done() {
        return done.get();
    }

    private void work() {
        try {
            while (!ended.get() && done.get() < most) {
                ProcessHandle.current()
                        .children()
                        .filter(child -> seen.add(child.pid()))
                        .forEach(this::visit);
                TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void visit(ProcessHandle worker) {
        try {
            long moment = random.nextLong(lifeMilliseconds);
            worker.onExit()
                    .completeOnTimeout(worker, moment, TimeUnit.MILLISECONDS)
                    .get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (worker.isAlive() && !ended.get()) {
            done.incrementAndGet();
            what.accept(worker);
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended.set(true);
        thread.join();
    }
}
