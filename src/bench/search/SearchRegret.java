package dev.palette.bench;

import dev.palette.experiment.Axis;
import dev.palette.experiment.Dimensions;
import dev.palette.experiment.Point;
import dev.palette.experiment.Space;
import dev.palette.search.Observation;
import dev.palette.search.Proposer;
import dev.palette.search.RandomProposer;
import dev.palette.search.SearchSpace;
import dev.palette.search.Tpe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How far the best of 100 points is from the optimum: Palette's TPE, and random points, on five functions and 50 seeds. Prints
 * {@code function<TAB>method<TAB>seed<TAB>regret}. {@code optuna_regret.py} says the same of Optuna; {@code regret.sh} runs both.
 */
public final class SearchRegret {
    private static final int POINTS = 100;
    private static final int SEEDS = 50;

    private SearchRegret() {}

    /** A function to be minimised; its values less its minimum. */
    private record Problem(String name, Space<double[]> space, ToDoubleFunction<double[]> regret) {}

    /** Prints all regrets. */
    public static void main(String[] arguments) {
        for (Problem problem : List.of(branin(), hartmann(), rosenbrock(), ackley(), mixed())) {
            SearchSpace space = SearchSpace.of(problem.space());
            for (int seed = 0; seed < SEEDS; seed++) {
                print(problem, "palette", seed, regret(problem, space, new Tpe(space, seed)));
                print(problem, "random", seed, regret(problem, space, new RandomProposer(space, seed)));
            }
        }
    }

    private static double regret(Problem problem, SearchSpace space, Proposer proposer) {
        List<Observation> observed = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (int number = 0; number < POINTS; number++) {
            Point point = proposer.propose(number, observed, List.of());
            double regret = problem.regret().applyAsDouble(problem.space().at(space.dimensions().answers(point)));
            observed.add(new Observation(point, -regret));
            best = Math.min(best, regret);
        }
        return best;
    }

    private static void print(Problem problem, String method, int seed, double regret) {
        System.out.printf(Locale.ROOT, "%s\t%s\t%d\t%.10g%n", problem.name(), method, seed, regret);
    }

    /** Independent numbers from {@code low} to {@code high}. */
    private static Space<double[]> box(int dimensions, double low, double high) {
        List<Space<Double>> axes = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            axes.add(Axis.uniform(low, high).named("x" + i));
        }
        return all(axes);
    }

    private static Space<double[]> all(List<Space<Double>> axes) {
        return new Space.Mapped<>(
                new Space.Listed<>(axes),
                values -> values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Problem branin() {
        Space<double[]> space =
                all(List.of(Axis.uniform(-5, 10).named("x0"), Axis.uniform(0, 15).named("x1")));
        return new Problem("branin", space, x -> {
            double b = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
            return b * b + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10 - 0.39788735772973816;
        });
    }

    private static Problem hartmann() {
        double[] alpha = {1.0, 1.2, 3.0, 3.2};
        double[][] a = {
            {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
        };
        double[][] p = {
            {1312, 1696, 5569, 124, 8283, 5886},
            {2329, 4135, 8307, 3736, 1004, 9991},
            {2348, 1451, 3522, 2883, 3047, 6650},
            {4047, 8828, 8732, 5743, 1091, 381}
        };
        return new Problem("hartmann6", box(6, 0, 1), x -> {
            double sum = 0;
            for (int i = 0; i < alpha.length; i++) {
                double inner = 0;
                for (int j = 0; j < x.length; j++) {
                    inner += a[i][j] * Math.pow(x[j] - 1e-4 * p[i][j], 2);
                }
                sum += alpha[i] * Math.exp(-inner);
            }
            return 3.322368011391339 - sum;
        });
    }

    private static Problem rosenbrock() {
        return new Problem("rosenbrock4", box(4, -2, 2), x -> {
            double sum = 0;
            for (int i = 0; i + 1 < x.length; i++) {
                sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
            }
            return sum;
        });
    }

    private static Problem ackley() {
        return new Problem("ackley5", box(5, -10, 15), x -> {
            double squares = 0;
            double cosines = 0;
            for (double v : x) {
                squares += v * v / x.length;
                cosines += Math.cos(2 * Math.PI * v) / x.length;
            }
            return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(cosines) + 20 + Math.E;
        });
    }

    /** As one tunes an adapter: a method, a size where the method has one, a learning rate, warm-up and batch size. */
    private static Problem mixed() {
        Axis<double[]> method = Axis.choiceOf(List.of(
                        Space.of(new double[] {0, 0}), sized(1, Axis.integer(48, 300, 6)), sized(2, Axis.integer(4, 128))))
                .named("method");
        Space<double[]> rest = all(List.of(
                Axis.logUniform(1e-6, 1e-2).named("rate"),
                Axis.uniform(0, 0.5).named("warmup"),
                new Space.Mapped<>(Axis.choice(8, 16, 32, 64).named("batch"), Integer::doubleValue)));
        Space<double[]> space = new Space.Mapped<>(
                new Space.Listed<>(List.of(method, rest)),
                parts -> new double[] {
                    parts.get(0)[0], parts.get(0)[1], parts.get(1)[0], parts.get(1)[1], parts.get(1)[2]
                });
        return new Problem("mixed", space, x -> {
            double ofMethod = x[0] == 0 ? 0.30 : x[0] == 1 ? Math.pow((x[1] - 204) / 150, 2) : 0.05 + Math.pow((x[1] - 64) / 80, 2);
            double best = x[0] == 0 ? 2e-5 : 3e-4;
            double ofRate = 0.5 * Math.pow(Math.log10(x[2] / best), 2);
            double ofBatch = x[4] == 16 ? 0 : x[4] == 32 ? 0.02 : 0.1;
            return ofMethod + ofRate + Math.pow(x[3] - 0.1, 2) + ofBatch;
        });
    }

    private static Space<double[]> sized(int method, Axis<Integer> size) {
        return new Space.Mapped<>(size.named("size" + method), value -> new double[] {method, value});
    }
}
