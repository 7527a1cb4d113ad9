package dev.palette.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.kernel.Kernel;
import dev.palette.task.Dataset;
import dev.palette.train.Evaluator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Palette's evaluation of every task's examples. */
final class EvaluationSubject implements Subject {
    private final Map<TokenTask, Dataset> data = new LinkedHashMap<>();
    private final Kernel kernel;
    private final Evaluator evaluator;

    EvaluationSubject(JsonNode spec) throws Exception {
        Palette palette = new Palette(spec);
        for (TokenTask task : palette.tasks()) {
            data.put(task, task.read());
        }
        kernel = palette.open();
        evaluator = new Evaluator(palette.model(palette.parameters(kernel)), kernel.ops());
    }

    @Override
    public Map<String, Object> description() {
        return Map.of("kernel", kernel.choice().toString());
    }

    @Override
    public Repetition repeat() {
        long start = System.nanoTime();
        data.forEach(evaluator::outputs);
        double seconds = (System.nanoTime() - start) / 1e9;
        long examples = data.values().stream().mapToLong(Dataset::size).sum();
        long tokens = data.values().stream()
                .flatMapToInt(d -> Arrays.stream(d.lengths()))
                .asLongStream()
                .sum();
        return new Repetition(seconds, examples, tokens);
    }
}
