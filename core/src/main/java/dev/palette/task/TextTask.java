package dev.palette.task;

import dev.palette.spec.PaletteException;
import java.util.ArrayList;
import java.util.List;

/** A task whose examples are texts or pairs of texts, each with one label: a class or a score. */
public interface TextTask extends Task {
    /** What is predicted. */
    Target target();

    /** How many texts an example has: 1, or 2 for pairs. */
    int texts();

    /** Each a text, or a pair where the task's examples are pairs. */
    @Override
    default Examples asked(List<List<String>> texts) {
        List<Example> examples = new ArrayList<>();
        for (List<String> each : texts) {
            if (each.size() != texts()) {
                throw new PaletteException("task '%s' is asked about %s, and was given %d texts"
                        .formatted(name(), texts() == 1 ? "one text at a time" : "pairs of texts", each.size()));
            }
            examples.add(new Example(examples.size(), each.get(0), each.size() == 1 ? null : each.get(1), Double.NaN));
        }
        return new LabelledTexts(target(), List.of(), examples, List.of());
    }

    @Override
    default Head head() {
        return target().head();
    }

    @Override
    default Loss loss() {
        return target().loss();
    }
}
