package dev.palette.sampler;

import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A sampling method that a script defines: {@code sampler { state -> state.sizes.collect { Math.log(it) } }}. Its code gives a {@link
 * SamplingRule}.
 *
 * @param name what tables print
 * @param code the rule
 */
public record InlineSampling(String name, InlineCode code) implements TaskSampling {
    /** The word of every sampling method that a script defines, in a trial's JSON. */
    public static final String WORD = "inline";

    /** Examples of a task and steps of a trial, where the code is asked before either is known. */
    private static final long SAMPLE_SIZE = 1000;

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public TaskSampler sampler(TaskSizes tasks, long draws) {
        SamplingRule rule = code.compile(SamplingRule.class, Map.of());
        List<Long> sizes = tasks.examples();
        return (draw, uniform, reports) -> Distribution.of(
                        checked(rule.weights(new SamplingState(draw, draws, sizes)), sizes))
                .draw(uniform);
    }

    /** Asks the code once: for the first step, with tasks of one size. What is wrong with it is said before anything is loaded. */
    @Override
    public void requireTasks(List<String> tasks) {
        List<Long> sizes = Collections.nCopies(tasks.size(), SAMPLE_SIZE);
        SamplingRule rule = code.compile(SamplingRule.class, Map.of());
        checked(rule.weights(new SamplingState(0, SAMPLE_SIZE, sizes)), sizes);
    }

    private double[] checked(double[] weights, List<Long> sizes) {
        boolean fair = Arrays.stream(weights).allMatch(w -> w >= 0 && Double.isFinite(w))
                && Arrays.stream(weights).sum() > 0;
        if (weights.length != sizes.size() || !fair) {
            throw new PaletteException(
                    "sampler '%s' gave the weights %s, expected one for each of %d tasks: numbers of at least 0, one of them greater"
                            .formatted(name, Arrays.toString(weights), sizes.size()));
        }
        return weights;
    }
}
