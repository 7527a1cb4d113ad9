package dev.palette.train;

import dev.palette.model.ModelParameters;
import java.util.function.Consumer;

/** Keeps a model's parameters as the plan has them at each step: those that wait for their turn take no gradient. */
final class TrainedParameters {
    private static final long UNKNOWN = -1;

    private final ParameterPlan plan;
    private final ModelParameters parameters;
    private final Consumer<String> messages;
    private long phase = UNKNOWN;

    /**
     * Those of one model.
     *
     * @param messages hears when more of them begin to be trained
     */
    TrainedParameters(Training training, ModelParameters parameters, Consumer<String> messages) {
        this.plan = new ParameterPlan(training, parameters.declarations());
        this.parameters = parameters;
        this.messages = messages;
    }

    /**
     * Before a step is taken; also one that training went back to.
     *
     * @param step steps done before it
     */
    void at(long step) {
        long now = plan.phase(step);
        if (now == phase) {
            return;
        }
        parameters.train(declaration -> plan.trains(declaration, step));
        if (phase != UNKNOWN && now > phase) {
            messages.accept("from step %d on %s is trained too".formatted(step + 1, plan.opened(now)));
        }
        phase = now;
    }
}
