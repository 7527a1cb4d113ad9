package dev.palette.train;

import dev.palette.spec.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Trains one trial on several replicas inside this process, a thread each: one a device, or, for tests, several on one processor.
 *
 * <pre>{@code
 * Replicas.run(2, communicator -> {
 *     try (Kernel kernel = Kernel.open(…)) {          // of this rank's device, on this rank's thread
 *         Trainer trainer = new Trainer(…, new Replica(kernel, model, parameters, communicator), …);
 *         trainer.resume();
 *         return trainer.train(stop);
 *     }
 * });
 * }</pre>
 */
public final class Replicas {
    private Replicas() {}

    /**
     * Runs all replicas to their ends. Rank 0 runs on the calling thread. When one fails, the others end where they next meet.
     *
     * @param count replicas; 1 runs alone
     * @param replica what each does: opens its kernel, makes its model, and trains; in the same way on every rank
     * @return what rank 0 gave, which is not null
     * @throws RuntimeException what the replica threw that failed first
     */
    public static <T> T run(int count, Function<Communicator, T> replica) {
        if (Range.atLeast("replicas", count, 1) == 1) {
            return replica.apply(Communicator.ALONE);
        }
        return new Running<>(count, replica).run();
    }

    private static final class Running<T> {
        private final List<ThreadCommunicator> communicators;
        private final Function<Communicator, T> replica;
        private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();

        Running(int count, Function<Communicator, T> replica) {
            this.communicators = ThreadCommunicator.of(count);
            this.replica = replica;
        }

        T run() {
            List<CompletableFuture<Optional<T>>> others = new ArrayList<>();
            for (ThreadCommunicator communicator : communicators.subList(1, communicators.size())) {
                others.add(CompletableFuture.supplyAsync(() -> attempt(communicator), Running::start));
            }
            Optional<T> led = attempt(communicators.get(0));
            others.forEach(CompletableFuture::join);
            if (cause.get() instanceof Error error) {
                throw error;
            }
            if (cause.get() instanceof RuntimeException exception) {
                throw exception;
            }
            return led.orElseThrow();
        }

        /** What the replica gives; empty when it failed, or was cancelled because another did. */
        private Optional<T> attempt(ThreadCommunicator communicator) {
            try {
                return Optional.of(replica.apply(communicator));
            } catch (RuntimeException | Error failure) { // for the calling thread, whatever it is
                cause.compareAndSet(null, failure);
                communicator.cancel();
                return Optional.empty();
            }
        }

        private static void start(Runnable task) {
            Thread thread = new Thread(task, "replica");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
