package dev.palette.kernel;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /**
     * Loads the engine (once a process) and compiles the operations.
     *
     * @throws dev.palette.spec.PaletteException when the device is not there, or the environment makes products of another precision
     */
    public static Kernel open(KernelChoice choice) {
        return open(choice, choice.device().isCuda() ? "random-native" : "random-sliced");
    }

    /**
     * The same with a choice of how random numbers are drawn.
     *
     * @param random the resource with dropout and attention
     */
    static Kernel open(KernelChoice choice, String random) {
        choice.product().requireEnvironment(System.getenv());
        Engine engine = engine();
        if (choice.device().isCuda()) {
            Gpus.of(engine).require(choice.device());
        }
        NDManager memory = engine.newBaseManager(choice.device().engine());
        JniUtils.setGraphExecutorOptimize(false); // it specialises on shapes, which change with every batch
        JniUtils.setNumThreads(choice.threads());
        JniUtils.setGradMode(true);
        String text = Stream.of(choice.product().resource(), random, "layers", "distances", "adapters", "training")
                .map(Kernel::resource)
                .reduce("", (all, one) -> all + one + "\n");
        return new Kernel(
                choice,
                memory,
                new ScriptModule(ScriptArchive.pack(text), choice.device().engine()));
    }

    /** How many GPUs the engine can use in this process, of those that {@code CUDA_VISIBLE_DEVICES} leaves; loads the engine. */
    public static int gpus() {
        return Gpus.of(engine()).count();
    }

    /** Loads the engine, which takes a while, ahead of {@link #open}. */
    public static void load() {
        engine();
    }

    private static Engine engine() {
        System.setProperty("OPT_OUT_TRACKING", "true"); // DJL's telemetry
        return Engine.getEngine("PyTorch");
    }

    /**
     * The fastest of some ways to compute a product on a device: each is timed on a feed-forward layer of BERT-base, forward and
     * backward, in turn, until it is clear which it is, or that it is not.
     *
     * @param candidates in the order of preference: a later one is taken only where it is clearly faster
     */
    public static Fastest measure(List<Product> candidates, int threads, Device device) {
        Race.Outcome outcome = Race.run(candidates, product -> seconds(new KernelChoice(product, threads, device)));
        return new Fastest(new KernelChoice(outcome.winner(), threads, device), outcome.decisive());
    }

    private static double seconds(KernelChoice choice) {
        try (Kernel kernel = open(choice)) {
            Ops ops = kernel.ops();
            int sequences = choice.device().isCuda() ? 128 : 8; // enough to keep it busy
            NDArray x = kernel.memory.ones(new Shape(sequences, 64, 768));
            NDArray weight = kernel.memory.ones(new Shape(3072, 768));
            NDArray bias = kernel.memory.zeros(new Shape(3072));
            NDArray target = kernel.memory.zeros(new Shape(64L * 3072 * sequences));
            List.of(x, weight, bias).forEach(t -> t.setRequiresGradient(true));
            long start = 0;
            for (int i = 0; i < 2; i++) { // the first pass warms caches and lets oneDNN choose its layout
                start = System.nanoTime();
                NDArray loss = ops.meanSquaredError(ops.linear(x, new Linear(weight, bias)), target);
                List<NDArray> gradients = ops.gradient(loss, List.of(x, weight, bias));
                gradients.get(2).toFloatArray(); // a GPU computes behind one's back until a number is asked for
            }
            return (System.nanoTime() - start) / 1e9;
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

    static String resource(String name) {
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
