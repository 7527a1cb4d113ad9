package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Declaration;
import dev.palette.balance.Balancer;
import dev.palette.balance.LossBalancing;
import dev.palette.balance.StepTasks;
import dev.palette.kernel.Ops;
import dev.palette.model.ParameterPlace;
import dev.palette.task.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weighs the tasks of each step by the plan's balancing. Every replica does so by the same numbers, those of the whole step, and comes to the
 * same.
 */
final class StepBalance {
    private final LossBalancing balancing;
    private final Balancer balancer;
    private final List<String> tasks;
    private final Replica replica;
    private final Standing standing;

    /**
     * That of one trial.
     *
     * @param standing keeps what the balancing remembers
     */
    StepBalance(Training plan, List<TrainingTask> tasks, Replica replica, Standing standing) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        tasks.forEach(task -> losses.put(task.task().name(), task.task().loss()));
        this.balancing = plan.balance();
        this.balancer = balancing.balancer(losses);
        this.tasks = List.copyOf(losses.keySet());
        this.replica = replica;
        this.standing = standing;
    }

    /** The sum of a step before its first batch. */
    StepSum begin(List<UpcomingSteps.Input> batches, NDManager scope) {
        List<String> each = new ArrayList<>(new LinkedHashSet<>(names(batches)));
        double[] shares = each.stream()
                .mapToDouble(task -> count(task, batches) / (double) batches.size())
                .toArray();
        double[] weights = each.stream()
                .mapToDouble(task -> balancer.weight(task, standing.balance()))
                .toArray();
        return new StepSum(each, shares, weights, each.size() == 1 ? List.of() : compared(each), scope);
    }

    /** What a batch is of its task's batches in the step. */
    double part(String task, List<UpcomingSteps.Input> batches) {
        return 1.0 / count(task, batches);
    }

    private static long count(String task, List<UpcomingSteps.Input> batches) {
        return names(batches).stream().filter(task::equals).count();
    }

    private static List<String> names(List<UpcomingSteps.Input> batches) {
        return batches.stream().map(batch -> batch.task().task().name()).toList();
    }

    /** The step's gradient, when all batches are added; and the balancing learns. */
    Map<String, NDArray> end(StepSum sum, long seed, Ops ops) {
        if (balancing.compared() == LossBalancing.Compared.NOTHING && !balancing.learns()) {
            return sum.gradients();
        }
        StepTasks outcome = sum.outcome(seed, ops);
        Map<String, NDArray> gradients = sum.gradients(balancer, outcome);
        standing.balanced(balancer.after(outcome, standing.balance()));
        return gradients;
    }

    /** What each task's loss counts now, where that is learnt. */
    Map<String, Double> learnt() {
        Map<String, Double> weights = new LinkedHashMap<>();
        if (balancing.learns()) {
            tasks.forEach(task -> weights.put(task, balancer.weight(task, standing.balance())));
        }
        return weights;
    }

    private List<String> compared(List<String> each) {
        return switch (balancing.compared()) {
            case NOTHING -> List.of();
            case SHARED -> shared(each, false);
            case TOP_SHARED_LAYER -> topmost(shared(each, true));
        };
    }

    /** Parameters that are trained now and no task's own; all tasks must use them, or one. */
    private List<String> shared(List<String> each, boolean byAll) {
        Set<String> names = new LinkedHashSet<>();
        each.forEach(task -> names.addAll(inPlay(task)));
        if (byAll) {
            each.forEach(task -> names.retainAll(inPlay(task)));
        }
        names.removeIf(name -> declaration(name).task() != null);
        return List.copyOf(names);
    }

    private List<String> inPlay(String task) {
        return replica.parameters().inPlay(task).stream()
                .filter(name -> replica.model().reads(task, name))
                .toList();
    }

    /** Those of the topmost layer that has any; all where none stands in a layer. */
    private List<String> topmost(List<String> names) {
        int top = names.stream().mapToInt(this::layer).max().orElse(ParameterPlace.NOWHERE);
        return top < 0
                ? names
                : names.stream().filter(name -> layer(name) == top).toList();
    }

    private int layer(String name) {
        return ParameterPlace.of(declaration(name)).layer();
    }

    private Declaration declaration(String name) {
        return replica.parameters().declaration(name);
    }
}
