package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.balance.BalanceState;
import dev.palette.balance.Equal;
import dev.palette.balance.Fixed;
import dev.palette.balance.GradNorm;
import dev.palette.balance.LossBalancing;
import dev.palette.balance.PcGrad;
import dev.palette.balance.Uncertainty;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.Ops;
import dev.palette.model.Dropout;
import dev.palette.spec.RandomStreams;
import dev.palette.task.TrainingOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gradient of a step of several tasks is what their own gradients, combined in float64, give. */
class BalancedStepTest {
    private static final RandomStreams RANDOM = new RandomStreams(5);
    /** Two batches of one task, one of another, one of a third. */
    private static final List<Integer> DRAWN = List.of(0, 2, 0, 1);

    private Kernel kernel;
    private Replica replica;
    private final Standing standing = new Standing(1);
    private final List<UpcomingSteps.Input> batches = new ArrayList<>();
    private final List<TrainingTask> tasks = new ArrayList<>();

    @BeforeEach
    void open() {
        kernel = TinyTraining.kernel();
        replica =
                TinyTraining.replica(TinyTraining.plan().build(), TinyTraining.NO_DROPOUT, kernel, Communicator.ALONE);
        for (StubTask task : TinyTraining.TASKS) {
            MadeUpExamples examples = new MadeUpExamples(task.loss(), 20);
            TrainingOrder order = new TrainingOrder(examples, Padding.PACKED.order(), 7, RANDOM, task.name());
            tasks.add(new TrainingTask(task, order, examples.size(), Map.of()));
        }
        for (int i = 0; i < DRAWN.size(); i++) {
            TrainingTask task = tasks.get(DRAWN.get(i));
            batches.add(new UpcomingSteps.Input(task, task.order().batch(i)));
        }
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    private static Training plan(LossBalancing balancing) {
        return TinyTraining.plan()
                .batchesPerStep(DRAWN.size())
                .balance(balancing)
                .build();
    }

    private BatchGradients.Share share(UpcomingSteps.Input input, NDManager scope) {
        return new BatchGradients(TinyTraining.plan().build(), replica, Map.of())
                .share(input.task().task(), input.batch(), 1, Dropout.OFF, scope);
    }

    /** What the step gives. */
    private Map<String, float[]> stepped(LossBalancing balancing) {
        StepBalance balance = new StepBalance(plan(balancing), tasks, replica, standing);
        try (NDManager scope = kernel.memory().newSubManager()) {
            Ops ops = kernel.ops().in(scope);
            StepSum sum = balance.begin(batches, scope);
            for (UpcomingSteps.Input input : batches) {
                String task = input.task().task().name();
                BatchGradients.Share share = share(input, scope);
                sum.add(task, balance.part(task, batches), share.loss(), share.gradients());
            }
            Map<String, float[]> found = new TreeMap<>();
            balance.end(sum, 7, ops).forEach((name, gradient) -> found.put(name, gradient.toFloatArray()));
            return found;
        }
    }

    /** Each task's mean gradient over its batches, and its mean loss, in float64. */
    private record OfTask(double loss, Map<String, double[]> gradients) {}

    private Map<String, OfTask> ofTasks() {
        Map<String, OfTask> all = new LinkedHashMap<>();
        for (String task : List.of("classes", "spans", "scores")) {
            List<UpcomingSteps.Input> own = batches.stream()
                    .filter(batch -> batch.task().task().name().equals(task))
                    .toList();
            double loss = 0;
            Map<String, double[]> sums = new TreeMap<>();
            for (UpcomingSteps.Input input : own) {
                try (NDManager scope = kernel.memory().newSubManager()) {
                    BatchGradients.Share share = share(input, scope);
                    loss += share.loss().getFloat() / own.size();
                    for (Map.Entry<String, NDArray> each : share.gradients().entrySet()) {
                        float[] values = each.getValue().toFloatArray();
                        double[] sum = sums.computeIfAbsent(each.getKey(), n -> new double[values.length]);
                        for (int k = 0; k < sum.length; k++) {
                            sum[k] += (double) values[k] / own.size();
                        }
                    }
                }
            }
            all.put(task, new OfTask(loss, sums));
        }
        return all;
    }

    private static double share(String task) {
        return task.equals("classes") ? 0.5 : 0.25;
    }

    private boolean isShared(String name) {
        return replica.parameters().declaration(name).task() == null;
    }

    private void assertCombined(Map<String, float[]> found, Map<String, Double> own, Map<String, Double> shared) {
        Map<String, OfTask> tasks = ofTasks();
        Map<String, double[]> expected = new TreeMap<>();
        tasks.forEach((task, of) -> of.gradients().forEach((name, gradient) -> {
            double factor = share(task) * (isShared(name) ? shared : own).get(task);
            double[] sum = expected.computeIfAbsent(name, n -> new double[gradient.length]);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += factor * gradient[k];
            }
        }));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            float[] rounded = new float[values.length];
            for (int k = 0; k < values.length; k++) {
                rounded[k] = (float) values[k];
            }
            assertThat(found.get(name)).as(name).containsExactly(rounded, within(1e-5f));
        });
    }

    private static Map<String, Double> factors(double classes, double spans, double scores) {
        return Map.of("classes", classes, "spans", spans, "scores", scores);
    }

    @Test
    void equalAndFixedWeigh() {
        assertCombined(stepped(new Equal()), factors(1, 1, 1), factors(1, 1, 1));
        assertCombined(
                stepped(new Fixed(Map.of("classes", 0.25, "spans", 3.0))), factors(0.25, 3, 1), factors(0.25, 3, 1));
    }

    @Test
    void uncertaintyWeighsByWhatItLearntAndLearnsFromTheLosses() {
        standing.balanced(new BalanceState(Map.of("logVariance", Map.of("classes", 0.5, "scores", -0.25))));
        Map<String, Double> weights = factors(Math.exp(-0.5), 1, 0.5 * Math.exp(0.25));

        assertCombined(stepped(new Uncertainty(0.1)), weights, weights);

        ofTasks().forEach((task, of) -> {
            double before = Map.of("classes", 0.5, "scores", -0.25).getOrDefault(task, 0.0);
            double s = before + 0.1 * share(task) * (weights.get(task) * of.loss() - 0.5);
            assertThat(standing.balance().get("logVariance", task, Double.NaN))
                    .as(task)
                    .isCloseTo(s, within(1e-6));
        });
    }

    @Test
    void gradNormLooksAtTheTopmostSharedLayer() {
        standing.balanced(new BalanceState(Map.of(
                "weight", Map.of("classes", 0.5, "spans", 1.5, "scores", 1.0),
                "firstLoss", Map.of("classes", 1.2, "spans", 3.0))));
        assertCombined(stepped(new GradNorm(1.5, 0.01)), factors(0.5, 1.5, 1), factors(0.5, 1.5, 1));

        Map<String, OfTask> all = ofTasks();
        Map<String, Double> before = factors(0.5, 1.5, 1);
        Map<String, Double> norms = new TreeMap<>();
        Map<String, Double> left = new TreeMap<>();
        all.forEach((task, of) -> {
            double square = of.gradients().entrySet().stream()
                    .filter(each -> each.getKey().startsWith("bert.encoder.layer.1."))
                    .mapToDouble(each -> dot(each.getValue(), each.getValue()))
                    .sum();
            norms.put(task, Math.sqrt(square));
            left.put(task, task.equals("scores") ? 1 : of.loss() / (task.equals("classes") ? 1.2 : 3.0));
        });
        double mean = norms.entrySet().stream()
                .mapToDouble(each -> before.get(each.getKey()) * each.getValue() / 3)
                .sum();
        double meanLeft = left.values().stream().mapToDouble(x -> x / 3).sum();
        Map<String, Double> moved = new TreeMap<>();
        norms.forEach((task, norm) -> {
            double target = mean * Math.pow(left.get(task) / meanLeft, 1.5);
            moved.put(task, before.get(task) - 0.01 * Math.signum(before.get(task) * norm - target) * norm);
        });
        double sum = moved.values().stream().mapToDouble(Double::doubleValue).sum();
        moved.forEach((task, weight) -> assertThat(standing.balance().get("weight", task, Double.NaN))
                .as(task)
                .isCloseTo(3 * weight / sum, within(1e-5)));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** Algorithm 1 in vectors: over all shared parameters, where a task that doesn't read one has zeros. */
    @Test
    void gradientSurgeryIsOnAllSharedParameters() {
        Map<String, float[]> found = stepped(new PcGrad());
        Map<String, OfTask> all = ofTasks();
        List<String> names = List.copyOf(all.keySet());
        java.util.Random random = new java.util.Random(7);
        Map<String, double[]> expected = new TreeMap<>();
        int conflicts = 0;
        for (String own : names) {
            List<String> others = new ArrayList<>(names);
            others.remove(own);
            java.util.Collections.shuffle(others, random);
            Map<String, double[]> g = shared(own, all);
            for (String other : others) {
                Map<String, double[]> h = shared(other, all);
                double product = dot(g, h);
                if (product < 0) {
                    conflicts++;
                    add(g, h, -product / dot(h, h));
                }
            }
            add(expected, g, 1);
        }
        assertThat(conflicts).isPositive();
        expected.forEach((name, values) -> {
            for (int k = 0; k < values.length; k++) {
                assertThat((double) found.get(name)[k]).as(name).isCloseTo(values[k], within(1e-5));
            }
        });
        assertThat(found.keySet()).containsAll(expected.keySet());
    }

    private Map<String, double[]> shared(String task, Map<String, OfTask> all) {
        Map<String, double[]> gradient = new TreeMap<>();
        all.get(task).gradients().forEach((name, values) -> {
            if (isShared(name)) {
                add(gradient, Map.of(name, values), share(task));
            }
        });
        return gradient;
    }

    private static double dot(Map<String, double[]> a, Map<String, double[]> b) {
        return a.keySet().stream()
                .filter(b::containsKey)
                .mapToDouble(name -> dot(a.get(name), b.get(name)))
                .sum();
    }

    private static void add(Map<String, double[]> to, Map<String, double[]> values, double factor) {
        values.forEach((name, each) -> {
            double[] sum = to.computeIfAbsent(name, n -> new double[each.length]);
            for (int k = 0; k < each.length; k++) {
                sum[k] += factor * each[k];
            }
        });
    }
}
