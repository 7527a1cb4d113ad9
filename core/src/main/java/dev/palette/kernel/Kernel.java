package dev.palette.kernel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The engine made ready: libtorch loaded, operations compiled for one {@link KernelChoice}, and the root of all tensor memory.
 * Closing it frees every tensor made under it. Use it on the thread that opened it: libtorch keeps thread counts and the gradient
 * mode for each thread.
 */
public final class Kernel implements AutoCloseable {
    private final KernelChoice choice;
    private final NDManager memory;
    private final ScriptModule module;

    private Kernel(KernelChoice choice, NDManager memory, ScriptModule module) {
        this.choice = choice;
        this.memory = memory;
        this.module = module;
    }

    /** Loads the engine (once a process) and compiles the operations. */
    public static Kernel open(KernelChoice choice) {
        // Telemetry is DJL's own; the optimising executor specialises on shapes, which change with every batch.
        System.setProperty("OPT_OUT_TRACKING", "true");
        NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setNumThreads(choice.threads());
        JniUtils.setGradMode(true);
        String text = Stream.of(choice.product().resource(), "random-sliced", "layers", "training")
                .map(Kernel::resource)
                .reduce("", (all, one) -> all + one + "\n");
        return new Kernel(choice, memory, new ScriptModule(ScriptArchive.pack(text), Device.cpu()));
    }

    /**
     * The fastest of some ways to compute a product on this processor: each is timed on a feed-forward layer of BERT-base, forward and
     * backward, a few times in turn, and the best time counts.
     */
    public static KernelChoice measure(List<Product> candidates, int threads) {
        Map<Product, Double> best = new TreeMap<>();
        for (int round = 0; round < 3; round++) {
            for (Product product : candidates) {
                best.merge(product, time(new KernelChoice(product, threads)), Math::min);
            }
        }
        Product fastest = best.entrySet().stream()
                .min(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
        return new KernelChoice(fastest, threads);
    }

    private static double time(KernelChoice choice) {
        try (Kernel kernel = open(choice)) {
            Ops ops = kernel.ops();
            NDArray x = kernel.memory.ones(new Shape(8, 64, 768));
            NDArray weight = kernel.memory.ones(new Shape(3072, 768));
            NDArray bias = kernel.memory.zeros(new Shape(3072));
            NDArray target = kernel.memory.zeros(new Shape(8 * 64 * 3072));
            List.of(x, weight, bias).forEach(t -> t.setRequiresGradient(true));
            long start = 0;
            for (int i = 0; i < 2; i++) { // the first pass warms caches and lets oneDNN choose its layout
                start = System.nanoTime();
                NDArray loss = ops.meanSquaredError(ops.linear(x, new Linear(weight, bias)), target);
                ops.gradient(loss, List.of(x, weight, bias));
            }
            return System.nanoTime() - start;
        }
    }

    /** What was chosen. */
    public KernelChoice choice() {
        return choice;
    }

    /** The root memory scope: what is attached here lives until the kernel closes. */
    public NDManager memory() {
        return memory;
    }

    /** The operations, recorded by autograd, with results in the root scope; usually bound to a smaller one at once. */
    public Ops ops() {
        return new Ops(module, memory, true);
    }

    private static String resource(String name) {
        try (InputStream in = Kernel.class.getResourceAsStream(name + ".py")) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + ".py is missing from the kernel package");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        module.close();
        memory.close();
    }
}
