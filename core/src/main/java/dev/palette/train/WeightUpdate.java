package dev.palette.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.palette.adapter.Declaration;
import dev.palette.kernel.Ops;
import dev.palette.model.ModelParameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves weights by their gradients, and remembers what Adam needs of each. A parameter without a gradient in a step isn't touched,
 * unless {@link Compatibility#UPDATE_IDLE} asks for it.
 */
final class WeightUpdate {
    /** An update count at which 1 − βⁿ is 1 in float32: no bias correction. */
    private static final double UNCORRECTED = 1e9;

    private final Optimizer optimizer;
    private final Set<Compatibility> compatibility;
    private final Schedule schedule;
    private final ParameterPlan plan;
    private final ModelParameters parameters;
    private final NDManager memory;
    private final Map<String, Own> settings = new HashMap<>();
    private final Map<String, AdamState> states = new LinkedHashMap<>();
    private double rateFactor = 1;

    /**
     * The updates of one trial.
     *
     * @param memory the scope that the moments live in
     */
    WeightUpdate(Training training, ModelParameters parameters, NDManager memory) {
        this.optimizer = training.optimizer();
        this.compatibility = training.compatibility();
        this.schedule = new Schedule(
                optimizer,
                training.reproduces(Compatibility.SCHEDULE_COUNTS_MICRO_STEPS)
                        ? training.steps() * training.accumulate()
                        : training.steps());
        this.plan = new ParameterPlan(training, parameters.declarations());
        this.parameters = parameters;
        this.memory = memory;
    }

    /** What the plan says of a parameter. */
    private record Own(double learningRate, double weightDecay) {}

    /** Multiplies every learning rate from here on: below 1 after training diverged, 1 before. */
    void rateFactor(double factor) {
        rateFactor = factor;
    }

    /** Makes room for what is remembered of these parameters; changes no number, so that it can be tried again. */
    void prepare(Collection<String> names) {
        names.forEach(name -> states.computeIfAbsent(name, n -> AdamState.untouched(parameters.get(n), memory)));
    }

    /**
     * Clips the gradients and moves their parameters.
     *
     * @param step optimizer step, from 0
     * @param gradients by parameter; changed in place
     * @param ops operations bound to the step's scope
     * @return the gradients' common norm before clipping, a scalar
     */
    NDArray apply(long step, Map<String, NDArray> gradients, Ops ops) {
        NDArray norm = compatibility.contains(Compatibility.CLIP_PER_TENSOR)
                ? ops.clipEach(gradients.values(), optimizer.clipNorm())
                : ops.clipTogether(gradients.values(), optimizer.clipNorm());
        prepare(gradients.keySet());
        Map<String, NDArray> moved = new LinkedHashMap<>(gradients);
        if (compatibility.contains(Compatibility.UPDATE_IDLE)) {
            states.keySet()
                    .forEach(name -> moved.computeIfAbsent(
                            name, idle -> ops.scope().zeros(parameters.get(idle).getShape())));
        }
        grouped(moved.keySet()).forEach((group, names) -> moveTogether(step, group, names, moved, ops));
        return norm;
    }

    /** What parameters have in common that one call moves. */
    private record Group(Own own, long updates) {}

    private Map<Group, List<String>> grouped(Set<String> names) {
        Map<Group, List<String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            Group group = new Group(
                    settings.computeIfAbsent(name, this::own), state(name).updates());
            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    private Own own(String name) {
        Declaration declaration = parameters.declaration(name);
        return new Own(plan.learningRate(declaration), plan.weightDecay(declaration));
    }

    private void moveTogether(long step, Group group, List<String> names, Map<String, NDArray> gradients, Ops ops) {
        long position = compatibility.contains(Compatibility.SCHEDULE_PER_PARAMETER) ? group.updates() : step;
        ops.adamW(
                names.stream().map(parameters::get).toList(),
                names.stream().map(name -> present(gradients, name)).toList(),
                names.stream().map(name -> state(name).moments()).toList(),
                optimizer instanceof Optimizer.BertAdam ? UNCORRECTED : group.updates() + 1,
                group.own().learningRate() * schedule.factor(position) * rateFactor,
                group.own().weightDecay(),
                optimizer.epsilon());
        names.forEach(name -> state(name).moved());
    }

    private AdamState state(String name) {
        return present(states, name);
    }

    private static <T> T present(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing is kept for parameter " + name);
        }
        return value;
    }

    /** What is remembered of each parameter that was ever moved. */
    Map<String, AdamState> states() {
        return Map.copyOf(states);
    }

    /** Forgets everything, to continue from a checkpoint. */
    void forget() {
        states.values().forEach(AdamState::forget);
        states.clear();
    }

    /** Continues from a checkpoint. */
    void restore(Map<String, AdamState> saved) {
        states.putAll(saved);
    }
}
