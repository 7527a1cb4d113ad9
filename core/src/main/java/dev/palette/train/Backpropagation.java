package dev.palette.train;

import ai.djl.ndarray.NDArray;
import dev.palette.kernel.Ops;
import dev.palette.model.ForwardPass;
import dev.palette.model.ModelParameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Finds a loss and its gradients. Two ways give the same numbers: remembering everything on the way up, or (Chen et al. 2016) only
 * what each stage began with, and computing the stage again, with the same dropout, when the gradient comes down to it.
 */
final class Backpropagation {
    private final ModelParameters parameters;
    private final boolean recompute;

    Backpropagation(ModelParameters parameters, boolean recompute) {
        this.parameters = parameters;
        this.recompute = recompute;
    }

    /**
     * A loss and its gradients.
     *
     * @param value the loss, a scalar tensor
     * @param gradients by parameter
     */
    record Result(NDArray value, Map<String, NDArray> gradients) {}

    /**
     * Finds them for one batch.
     *
     * @param loss of the logits
     * @param names the parameters whose gradients are wanted, at least one; the pass reads all of them
     * @param ops in whose scope the results are
     */
    Result of(ForwardPass pass, BiFunction<NDArray, Ops, NDArray> loss, List<String> names, Ops ops) {
        return recompute ? recomputing(pass, loss, names, ops) : remembering(pass, loss, names, ops);
    }

    private Result remembering(ForwardPass pass, BiFunction<NDArray, Ops, NDArray> loss, List<String> names, Ops ops) {
        NDArray value = loss.apply(pass.logits(ops), ops);
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        add(gradients, names, ops.gradient(value, tensors(names)));
        return new Result(value, gradients);
    }

    private Result recomputing(ForwardPass pass, BiFunction<NDArray, Ops, NDArray> loss, List<String> names, Ops ops) {
        int first = pass.first();
        int last = pass.stages() - 1;
        int lowest = first;
        while (Collections.disjoint(pass.parameters(lowest), names)) {
            lowest++;
        }
        List<NDArray> inputs = inputs(pass, ops.withoutGradient());
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        NDArray value = inputs.get(last - first);
        NDArray upstream = null;
        for (int stage = last; stage >= lowest; stage--) {
            List<String> own =
                    names.stream().filter(pass.parameters(stage)::contains).toList();
            List<NDArray> wanted = new ArrayList<>(tensors(own));
            NDArray input = inputs.get(stage - first);
            if (stage > lowest) {
                input.setRequiresGradient(true);
                wanted.add(input);
            }
            NDArray output = pass.compute(stage, input, ops);
            List<NDArray> found;
            if (upstream == null) {
                value = loss.apply(output, ops);
                found = ops.gradient(value, wanted);
            } else {
                found = ops.gradient(output, upstream, wanted);
                upstream.close();
            }
            output.close();
            add(gradients, own, found);
            upstream = found.get(found.size() - 1);
        }
        return new Result(value, gradients);
    }

    /** What each stage of the pass takes. */
    private static List<NDArray> inputs(ForwardPass pass, Ops ops) {
        List<NDArray> inputs = new ArrayList<>(List.of(pass.start()));
        for (int stage = pass.first(); stage < pass.stages() - 1; stage++) {
            try (NDArray made = pass.compute(stage, inputs.get(inputs.size() - 1), ops)) {
                inputs.add(made.duplicate()); // what is made without recording can't be recorded later
            }
        }
        return inputs;
    }

    private List<NDArray> tensors(List<String> names) {
        return names.stream().map(parameters::get).toList();
    }

    /** Of a parameter that several stages read, the gradient is the sum of theirs. */
    private static void add(Map<String, NDArray> gradients, List<String> names, List<NDArray> found) {
        for (int i = 0; i < names.size(); i++) {
            NDArray sum = gradients.putIfAbsent(names.get(i), found.get(i));
            if (sum != null) {
                sum.addi(found.get(i));
                found.get(i).close();
            }
        }
    }
}
