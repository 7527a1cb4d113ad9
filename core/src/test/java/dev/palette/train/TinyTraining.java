package dev.palette.train;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Declaration;
import dev.palette.adapter.Pal;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.KernelChoice;
import dev.palette.kernel.Product;
import dev.palette.model.ModelParameters;
import dev.palette.model.MultiTaskModel;
import dev.palette.model.StartingWeights;
import dev.palette.pretrained.BertConfig;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.RandomStreams;
import dev.palette.task.Dataset;
import dev.palette.task.Head;
import dev.palette.task.Loss;
import dev.palette.task.Scores;
import dev.palette.task.TrainingOrder;
import dev.palette.testing.TinyEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A trial of three tasks with a PAL each, one for each kind of loss, whose made-up examples it learns in a moment; what it does is
 * recorded.
 */
class TinyTraining implements TrainingListener {
    /** Without dropout. */
    static final BertConfig NO_DROPOUT = config(0);

    /** With it. */
    static final BertConfig DROPOUT = config(0.1);

    static final List<StubTask> TASKS = List.of(
            new StubTask("classes", new Head.Sequence(3), Loss.CROSS_ENTROPY),
            new StubTask("scores", new Head.Sequence(1), Loss.MEAN_SQUARED_ERROR),
            new StubTask("spans", new Head.Token(2), Loss.SPAN));

    /** Those, and one of tags, which is not trained beside them: each kind of loss there is. */
    static final List<StubTask> EVERY_LOSS = Stream.concat(
                    TASKS.stream(), Stream.of(new StubTask("tags", new Head.Token(3), Loss.TOKENS)))
            .toList();

    private static final Adapter PALS = new Pal(12, 6);
    private static final RandomStreams RANDOM = new RandomStreams(11);

    final List<String> taken = new ArrayList<>();
    final List<Double> losses = new ArrayList<>();
    final List<Double> averages = new ArrayList<>();
    final List<String> weighed = new ArrayList<>();
    final List<String> attended = new ArrayList<>();
    final List<String> wentBack = new ArrayList<>();
    final List<String> messages = new ArrayList<>();
    final Map<String, float[]> weights = new TreeMap<>();
    List<String> remarks = List.of();
    boolean ended;

    private final Training plan;
    private final BertConfig config;
    private final Path checkpoints;
    private final TaskSampling sampling;

    TinyTraining(Training plan, BertConfig config, Path checkpoints) {
        this(plan, config, checkpoints, new RoundRobin());
    }

    TinyTraining(Training plan, BertConfig config, Path checkpoints, TaskSampling sampling) {
        this.sampling = sampling;
        this.plan = plan;
        this.config = config;
        this.checkpoints = checkpoints;
    }

    private static BertConfig config(double dropout) {
        BertConfig tiny = TinyEncoder.CONFIG;
        return new BertConfig(
                tiny.vocabularySize(),
                tiny.hiddenSize(),
                tiny.layers(),
                tiny.heads(),
                tiny.intermediateSize(),
                tiny.positions(),
                tiny.tokenTypes(),
                dropout,
                dropout,
                tiny.layerNormEpsilon());
    }

    /** Twelve steps of seven examples, nothing selected, no warm-up. */
    static Training.Options plan() {
        return new Training.Options()
                .steps(12)
                .batchSize(7)
                .maxLength(16)
                .optimizer(optimizer(1e-3))
                .evaluate(new EvaluationPlan.Options()
                        .selectOn(new Selection.Nothing())
                        .build());
    }

    static Optimizer optimizer(double rate) {
        return new Optimizer.AdamWOptions()
                .learningRate(rate)
                .warmupFraction(0)
                .epsilon(1e-3) // rounding of tiny gradients must not decide the direction of an update
                .build();
    }

    /** The model of all tasks, in the kernel's memory, from the same weights every time. */
    static Replica replica(Training plan, BertConfig config, Kernel kernel, Communicator communicator) {
        return replica(plan, config, kernel, communicator, TASKS);
    }

    static Replica replica(
            Training plan, BertConfig config, Kernel kernel, Communicator communicator, List<StubTask> tasks) {
        Map<String, Head> heads = new LinkedHashMap<>();
        tasks.forEach(task -> heads.put(task.name(), task.head()));
        ModelParameters parameters = new ModelParameters(
                MultiTaskModel.parameters(config, PALS, heads),
                new StartingWeights(null, RANDOM),
                kernel.memory(),
                plan::trainable);
        return new Replica(kernel, new MultiTaskModel(config, PALS, heads, parameters), parameters, communicator);
    }

    static Kernel kernel() {
        return Kernel.open(new KernelChoice(Product.MATMUL, 1));
    }

    /** Trains alone, from the last checkpoint if there is one. */
    void train(StopSignal stop, Duration interval) {
        train(Communicator.ALONE, stop, interval);
    }

    /** The same as one of several replicas. */
    boolean train(Communicator communicator, StopSignal stop, Duration interval) {
        try (Kernel kernel = kernel()) {
            Replica replica = replica(plan, config, kernel, communicator);
            Trainer trainer = new Trainer(
                    plan,
                    tasks(),
                    sampling,
                    RANDOM,
                    replica,
                    new CheckpointStore(
                            checkpoints, new CheckpointPlan(interval, 0, CheckpointPlan.Keep.BEST), messages::add),
                    this);
            trainer.resume();
            boolean finished = trainer.train(stop);
            if (communicator.leads()) {
                ended = finished;
                remarks = trainer.remarks();
                for (Declaration declaration : replica.parameters().declarations()) {
                    weights.put(
                            declaration.name(),
                            replica.parameters().get(declaration.name()).toFloatArray());
                }
            }
            return finished;
        }
    }

    /** A task's examples; asked for when the model stands. */
    MadeUpExamples examples(StubTask task) {
        return new MadeUpExamples(task.loss(), 20);
    }

    private Map<String, Dataset> selection(StubTask task) {
        return plan.evaluate().selectOn() instanceof Selection.Nothing
                ? Map.of()
                : Map.of(task.name(), new MadeUpExamples(task.loss(), 6));
    }

    private List<TrainingTask> tasks() {
        return TASKS.stream()
                .map(task -> {
                    MadeUpExamples examples = examples(task);
                    TrainingOrder order =
                            new TrainingOrder(examples, plan.padding().order(), plan.batchSize(), RANDOM, task.name());
                    return new TrainingTask(task, order, examples.size(), selection(task));
                })
                .toList();
    }

    @Override
    public void stepped(long step, String task, double loss, long tokens, double seconds) {
        taken.add(step + " " + task);
        losses.add(loss);
    }

    @Override
    public void evaluated(long step, Map<String, List<Scores>> scores, double average, boolean best) {
        averages.add(average);
    }

    @Override
    public void attended(long step, String task, boolean drawn, String why) {
        attended.add("%d %s %s %s".formatted(step, task, drawn, why));
    }

    @Override
    public void weighed(long step, String task, double weight) {
        weighed.add("%d %s %s".formatted(step, task, weight));
    }

    @Override
    public void wentBack(long step, String why) {
        wentBack.add(why);
    }

    @Override
    public void message(String line) {
        messages.add(line);
    }
}
