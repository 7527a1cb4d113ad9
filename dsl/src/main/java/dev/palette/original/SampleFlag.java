package dev.palette.original;

import dev.palette.sampler.Annealed;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.NearestWord;
import java.util.List;

/** What {@code --sample} names. */
final class SampleFlag {
    /** α of the last epoch: 1 − 0.8 (Stickland &amp; Murray 2019, §3.3). */
    private static final double LAST = 0.2;

    private SampleFlag() {}

    /**
     * The sampling method of a flag's text.
     *
     * @param epochs over which annealing falls
     * @throws dev.palette.spec.PaletteException when there is none; names the nearest
     */
    static TaskSampling named(String text, Epochs epochs) {
        return switch (text) {
            case "rr" -> new RoundRobin();
            case "prop" -> new Proportional();
            case "sqrt" -> new SquareRoot();
            case "anneal" -> new Annealed(1, LAST, epochs.whole());
            default -> throw NearestWord.unknown("method of --sample", text, List.of("anneal", "prop", "rr", "sqrt"));
        };
    }
}
