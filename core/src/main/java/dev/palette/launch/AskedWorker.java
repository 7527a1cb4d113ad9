package dev.palette.launch;

import dev.palette.execution.KernelMemory;
import dev.palette.experiment.RunPlan;
import dev.palette.spec.PaletteException;
import dev.palette.worker.Ear;
import dev.palette.worker.WorkerCommand;
import dev.palette.worker.WorkerEvent;
import dev.palette.worker.WorkerOptions;
import dev.palette.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks the engine a question in a process of its own, so that this one never loads it. */
public final class AskedWorker {
    private final RunPlan plan;
    private final Path log;

    /**
     * Questions to workers.
     *
     * @param cache the folder in which they log
     */
    public AskedWorker(RunPlan plan, Path cache) {
        this.plan = plan;
        this.log = cache.resolve("kernels").resolve("asked.log");
    }

    /** What {@code CUDA_VISIBLE_DEVICES} calls the GPUs that this process may use; a build for processors alone is not asked, and has none. */
    public List<String> gpuNames() {
        boolean cuda = System.getProperty("PYTORCH_FLAVOR", "").startsWith("cu");
        return Devices.names(cuda ? gpus() : 0, System.getenv("CUDA_VISIBLE_DEVICES"));
    }

    /** How many the engine finds. */
    private int gpus() {
        return ask(new WorkerCommand.CountGpus(), Map.of(), WorkerEvent.Counted.class)
                .gpus();
    }

    /** Times products as a worker on a slot would compute them. */
    public KernelMemory.Measure measuring(Slot slot) {
        return (candidates, threads, device) -> {
            Map<String, String> environment = new TreeMap<>(slot.environment());
            environment.putAll(candidates.get(0).environment());
            WorkerCommand question = new WorkerCommand.Measure(candidates, threads, device);
            return ask(question, environment, WorkerEvent.Measured.class).fastest();
        };
    }

    private <E extends WorkerEvent> E ask(WorkerCommand question, Map<String, String> environment, Class<E> answer) {
        CompletableFuture<E> future = new CompletableFuture<>();
        WorkerProcess.start(question, new WorkerOptions(plan.heapMegabytes(), 0, environment), log, new Ear() {
            @Override
            public void heard(WorkerEvent event) {
                if (answer.isInstance(event)) {
                    future.complete(answer.cast(event));
                } else if (event instanceof WorkerEvent.Failed failed) {
                    future.completeExceptionally(new PaletteException(failed.message()));
                }
            }

            @Override
            public void gone(String how) {
                future.completeExceptionally(new PaletteException(
                        "the engine could not be asked about this machine: %s; %s says more".formatted(how, log)));
            }
        });
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PaletteException known ? known : e;
        }
    }
}
