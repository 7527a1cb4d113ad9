package dev.palette.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.kernel.Kernel;
import dev.palette.kernel.Moments;
import dev.palette.model.ModelParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One update of all of a model's parameters at once: gradients clipped to a common norm, then AdamW. */
final class OptimizerSubject implements Subject {
    private final Kernel kernel;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> gradients = new ArrayList<>();
    private final List<Moments> moments = new ArrayList<>();
    private long updates;

    OptimizerSubject(JsonNode spec) throws Exception {
        Palette palette = new Palette(spec);
        kernel = palette.open();
        NDManager memory = kernel.memory();
        ModelParameters parameters = palette.parameters(kernel);
        parameters.declarations().forEach(declaration -> {
            NDArray weight = parameters.get(declaration.name());
            weight.setRequiresGradient(false);
            weights.add(weight);
            gradients.add(memory.randomNormal(weight.getShape()));
            moments.add(new Moments(memory.zeros(weight.getShape()), memory.zeros(weight.getShape())));
        });
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("values", weights.stream().mapToLong(NDArray::size).sum());
    }

    @Override
    public Repetition repeat() {
        long start = System.nanoTime();
        try (NDManager scope = kernel.memory().newSubManager()) {
            updates++;
            kernel.ops().in(scope).clipTogether(gradients, 1.0);
            kernel.ops().in(scope).adamW(weights, gradients, moments, updates, 2e-5, 0.01, 1e-6);
        }
        return new Repetition((System.nanoTime() - start) / 1e9, 0, 0);
    }
}
