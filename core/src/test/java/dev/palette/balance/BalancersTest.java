package dev.palette.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.task.Loss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Weights and projections are what the papers' formulas give, computed here in another way. */
class BalancersTest {
    private static final Map<String, Loss> TASKS =
            Map.of("a", Loss.CROSS_ENTROPY, "b", Loss.MEAN_SQUARED_ERROR, "c", Loss.SPAN);
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static StepTasks step(double[] losses, double[][] gradients) {
        int n = losses.length;
        double[] shares = new double[n];
        java.util.Arrays.fill(shares, 1.0 / n);
        return new StepTasks(NAMES.subList(0, n), losses, shares, products(gradients), 7);
    }

    private static double[][] products(double[][] gradients) {
        double[][] products = new double[gradients.length][gradients.length];
        for (int i = 0; i < gradients.length; i++) {
            for (int j = 0; j < gradients.length; j++) {
                products[i][j] = dot(gradients[i], gradients[j]);
            }
        }
        return products;
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[][] random(int tasks, int width, Random random) {
        return IntStream.range(0, tasks)
                .mapToObj(i -> random.doubles(width, -1, 1).toArray())
                .toArray(double[][]::new);
    }

    @Test
    void fixedWeightsAreGivenAndOneElsewhere() {
        Balancer fixed = new Fixed(Map.of("a", 2.5)).balancer(TASKS);
        assertThat(fixed.weight("a", BalanceState.EMPTY)).isEqualTo(2.5);
        assertThat(fixed.weight("b", BalanceState.EMPTY)).isEqualTo(1);
        assertThatThrownBy(() -> new Fixed(Map.of("a", 0.0)))
                .hasMessageContaining("fixed: weights of 'a' is 0.0, expected a number greater than 0");
        assertThatThrownBy(() -> new Fixed(Map.of("aa", 1.0)).requireTasks(NAMES))
                .hasMessageContaining("unknown task 'aa'");
    }

    /** The slope of Kendall's objective in s, by differences. */
    @Test
    void uncertaintyGoesDownTheSlopeOfItsObjective() {
        double[] losses = {0.7, 1.9, 0.2};
        double[] factors = {1, 0.5, 1};
        Balancer balancer = new Uncertainty(0.1).balancer(TASKS);
        BalanceState state = BalanceState.EMPTY;
        double[] s = new double[3];
        for (int round = 0; round < 5; round++) {
            state = balancer.after(step(losses, new double[3][1]), state);
            for (int i = 0; i < 3; i++) {
                double h = 1e-6;
                double slope = (objective(s[i] + h, factors[i], losses[i]) - objective(s[i] - h, factors[i], losses[i]))
                        / (2 * h);
                s[i] -= 0.1 / 3 * slope; // each task has a third of the step
                assertThat(balancer.weight(NAMES.get(i), state)).isCloseTo(factors[i] * Math.exp(-s[i]), within(1e-8));
            }
        }
    }

    private static double objective(double s, double c, double loss) {
        return c * Math.exp(-s) * loss + s / 2;
    }

    @Test
    void uncertaintySettlesWhereTheWeightedLossIsAHalf() {
        Balancer balancer = new Uncertainty(0.5).balancer(TASKS);
        BalanceState state = BalanceState.EMPTY;
        for (int round = 0; round < 2_000; round++) {
            state = balancer.after(step(new double[] {0.7, 1.9, 0.2}, new double[3][1]), state);
        }
        assertThat(balancer.weight("a", state) * 0.7).isCloseTo(0.5, within(1e-9));
        assertThat(balancer.weight("b", state) * 1.9).isCloseTo(0.5, within(1e-9));
    }

    /** The slope of Σ|G − target| by differences, with the targets held, and the weights scaled afterwards. */
    @Test
    void gradNormGoesDownTheSlopeOfTheDistancesFromTheTargets() {
        Random random = new Random(3);
        GradNorm method = new GradNorm(1.5, 0.05);
        Balancer balancer = method.balancer(TASKS);
        double[] first = {0.9, 2, 0.4};
        double[][] gradients = random(3, 4, random);
        BalanceState state = BalanceState.EMPTY;
        double[] w = {1, 1, 1};
        for (int round = 0; round < 6; round++) {
            double[] losses = round == 0 ? first : random.doubles(3, 0.1, 1).toArray();
            state = balancer.after(step(losses, gradients), state);
            w = expected(w, losses, first, gradients);
            for (int i = 0; i < 3; i++) {
                assertThat(balancer.weight(NAMES.get(i), state)).isCloseTo(w[i], within(1e-7));
            }
        }
        assertThat(w[0]).isNotCloseTo(1, within(1e-3));
    }

    private static double[] expected(double[] w, double[] losses, double[] first, double[][] gradients) {
        double[] left =
                IntStream.range(0, 3).mapToDouble(i -> losses[i] / first[i]).toArray();
        double meanLeft = (left[0] + left[1] + left[2]) / 3;
        double[] sizes = sizes(w, gradients);
        double mean = (sizes[0] + sizes[1] + sizes[2]) / 3;
        double[] targets = IntStream.range(0, 3)
                .mapToDouble(i -> mean * Math.pow(left[i] / meanLeft, 1.5))
                .toArray();
        double[] moved = new double[3];
        for (int i = 0; i < 3; i++) {
            double h = 1e-7;
            double[] up = w.clone();
            double[] down = w.clone();
            up[i] += h;
            down[i] -= h;
            double slope =
                    (distance(sizes(up, gradients), targets) - distance(sizes(down, gradients), targets)) / (2 * h);
            moved[i] = w[i] - 0.05 * slope;
        }
        double scale = 3 / (moved[0] + moved[1] + moved[2]);
        return IntStream.range(0, 3).mapToDouble(i -> scale * moved[i]).toArray();
    }

    private static double[] sizes(double[] w, double[][] gradients) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> w[i] * Math.sqrt(dot(gradients[i], gradients[i])))
                .toArray();
    }

    private static double distance(double[] sizes, double[] targets) {
        return IntStream.range(0, 3)
                .mapToDouble(i -> Math.abs(sizes[i] - targets[i]))
                .sum();
    }

    @Property(tries = 200)
    void gradNormsWeightsAlwaysAddUpToTheNumberOfTasks(@ForAll long seed) {
        Random random = new Random(seed);
        Balancer balancer = new GradNorm(random.nextDouble() * 2, random.nextDouble()).balancer(TASKS);
        BalanceState state = BalanceState.EMPTY;
        for (int round = 0; round < 20; round++) {
            List<String> drawn = new ArrayList<>(NAMES);
            Collections.shuffle(drawn, random);
            List<String> some = drawn.subList(0, 1 + random.nextInt(3));
            StepTasks step = new StepTasks(
                    some,
                    random.doubles(some.size(), 0, 3).toArray(),
                    random.doubles(some.size(), 0.1, 1).toArray(),
                    products(random(some.size(), 5, random)),
                    1);
            state = balancer.after(step, state);
        }
        BalanceState last = state;
        assertThat(NAMES.stream()
                        .mapToDouble(task -> balancer.weight(task, last))
                        .sum())
                .isCloseTo(3, within(1e-9));
        assertThat(NAMES).allMatch(task -> balancer.weight(task, last) > 0);
    }

    @Test
    void aStepOfOneTaskAndGradientsOfNothingLeaveGradNormsWeights() {
        Balancer balancer = new GradNorm(1.5, 0.5).balancer(TASKS);
        BalanceState state = balancer.after(step(new double[] {0.5}, new double[][] {{2}}), BalanceState.EMPTY);
        assertThat(balancer.weight("a", state)).isEqualTo(1);
        state = balancer.after(step(new double[] {0.5, 0.1}, new double[2][3]), state);
        assertThat(balancer.weight("b", state)).isEqualTo(1);
    }

    /**
     * By hand: g₁ = (1, 0) and g₂ = (−1, 1) conflict, g₁ · g₂ = −1. g₁ without its part along g₂ is (1, 0) + ½ (−1, 1) = (½, ½); g₂ without its
     * part along g₁ is (−1, 1) + (1, 0) = (0, 1). Their sum is (½, 1½) = 2 g₁ + 1½ g₂.
     */
    @Test
    void gradientSurgeryByHand() {
        double[][] gradients = {{2, 0}, {-2, 2}}; // each has half the step: g₁ and g₂ are half of them
        double[] factors = PcGrad.projected(step(new double[2], gradients));

        assertThat(factors).containsExactly(new double[] {2, 1.5}, within(1e-15));
        assertThat(combined(factors, gradients)).containsExactly(new double[] {0.5, 1.5}, within(1e-15));
    }

    @Test
    void whatDoesNotConflictIsAddedUp() {
        assertThat(PcGrad.projected(step(new double[2], new double[][] {{1, 0}, {0, 1}})))
                .containsExactly(1, 1);
        assertThat(PcGrad.projected(step(new double[2], new double[][] {{0, 0}, {-1, 1}})))
                .containsExactly(1, 1);
    }

    private static double[] combined(double[] factors, double[][] gradients) {
        double[] sum = new double[gradients[0].length];
        for (int i = 0; i < factors.length; i++) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += factors[i] * gradients[i][k] / factors.length;
            }
        }
        return sum;
    }

    @Property(tries = 300)
    void theResultOfTwoConflictsWithNeither(@ForAll long seed) {
        double[][] gradients = random(2, 6, new Random(seed));
        double[] result = combined(PcGrad.projected(step(new double[2], gradients)), gradients);
        assertThat(dot(result, gradients[0])).isGreaterThan(-1e-12);
        assertThat(dot(result, gradients[1])).isGreaterThan(-1e-12);
    }

    /** Algorithm 1 of the paper, vector by vector, over the tasks in the order in which the same random numbers put them. */
    @Property(tries = 300)
    void surgeryOnManyIsThePapersAlgorithm(@ForAll long seed, @ForAll @IntRange(min = 2, max = 3) int tasks) {
        double[][] raw = random(tasks, 3, new Random(seed));
        double[][] gradients = new double[tasks][];
        for (int i = 0; i < tasks; i++) {
            gradients[i] = java.util.Arrays.stream(raw[i]).map(g -> g / tasks).toArray();
        }
        double[] sum = new double[3];
        Random random = new Random(7);
        for (int i = 0; i < tasks; i++) {
            int own = i;
            List<Integer> others = new ArrayList<>(
                    IntStream.range(0, tasks).filter(j -> j != own).boxed().toList());
            Collections.shuffle(others, random);
            double[] g = gradients[i].clone();
            for (int j : others) {
                double along = dot(g, gradients[j]);
                if (along < 0) {
                    for (int k = 0; k < 3; k++) {
                        g[k] -= along / dot(gradients[j], gradients[j]) * gradients[j][k];
                    }
                    assertThat(dot(g, gradients[j])).isCloseTo(0, within(1e-12));
                }
            }
            for (int k = 0; k < 3; k++) {
                sum[k] += g[k];
            }
        }
        assertThat(combined(PcGrad.projected(step(new double[tasks], raw)), raw))
                .containsExactly(sum, within(1e-9));
    }
}
