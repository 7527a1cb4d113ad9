package dev.palette.sampler;

import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import java.util.Arrays;
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
