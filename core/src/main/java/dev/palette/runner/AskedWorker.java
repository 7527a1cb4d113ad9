package dev.palette.runner;

import dev.palette.execution.KernelMemory;
import dev.palette.experiment.RunPlan;
import dev.palette.spec.PaletteException;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import dev.palette.worker.WorkerOptions;
import dev.palette.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks the engine a question in a process of its own, so that this one never loads it. */
final class AskedWorker {
    private final RunPlan plan;
    private final Path log;

    /**
     * Questions to workers.
     *
     * @param cache the folder in which they log
     */
    AskedWorker(RunPlan plan, Path cache) {
        this.plan = plan;
        this.log = cache.resolve("kernels").resolve("asked.log");
    }

    /** How many GPUs the engine finds. */
    int gpus() {
        return ask(new WorkerCommand.CountGpus(), Map.of(), WorkerEvent.Counted.class)
                .gpus();
    }

    /** Times products as a worker on a slot would compute them. */
    KernelMemory.Measure measuring(Slot slot) {
        return (candidates, threads, device) -> {
            Map<String, String> environment = new TreeMap<>(slot.environment());
            environment.putAll(candidates.get(0).environment());
            WorkerCommand question = new WorkerCommand.Measure(candidates, threads, device);
            return ask(question, environment, WorkerEvent.Measured.class).fastest();
        };
    }

    private <E extends WorkerEvent> E ask(WorkerCommand question, Map<String, String> environment, Class<E> answer) {
        CompletableFuture<E> future = new CompletableFuture<>();
        WorkerProcess.start(
                question, new WorkerOptions(plan.heapMegabytes(), 0, environment), log, new WorkerProcess.Ear() {
                    @Override
                    public void heard(WorkerEvent event) {
                        if (answer.isInstance(event)) {
                            future.complete(answer.cast(event));
                        } else if (event instanceof WorkerEvent.Failed failed) {
                            future.completeExceptionally(new PaletteException(failed.message()));
                        }
                    }

                    @Override
                    public void gone(int exitCode) {
                        future.completeExceptionally(new PaletteException(
                                "the engine could not be asked about this machine: its process ended with code %d; %s says more"
                                        .formatted(exitCode, log)));
                    }
                });
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PaletteException known ? known : e;
        }
    }
}
