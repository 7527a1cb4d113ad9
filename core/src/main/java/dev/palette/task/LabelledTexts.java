package dev.palette.task;

import dev.palette.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The examples of one split of a {@link TextTask}, in the order of its file.
 *
 * @param target what the labels are
 * @param metrics how predictions are scored, the most important first
 * @param list the examples; at least one
 * @param remarks what a person should hear of how they were read
 */
public record LabelledTexts(
        Target target, List<? extends PairedMetric> metrics, List<Example> list, List<String> remarks)
        implements Examples {
    /** Copies the lists. */
    public LabelledTexts {
        metrics = List.copyOf(metrics);
        list = List.copyOf(list);
        remarks = List.copyOf(remarks);
    }

    @Override
    public int size() {
        return list.size();
    }

    @Override
    public TextDataset encode(Tokenizer tokenizer, int maxLength) {
        SequenceArrays arrays = SequenceArrays.of(
                list.size(),
                i -> {
                    Example example = list.get(i);
                    return tokenizer.features(example.textA(), example.textB(), maxLength);
                },
                tokenizer);
        return TextDataset.of(this, new Sequences(arrays, 1));
    }

    @Override
    public Optional<float[]> commonest() {
        return Optional.of(target.commonest(labels()));
    }

    @Override
    public Map<String, Long> labelCounts() {
        return target.counts(labels());
    }

    @Override
    public double[] scores() {
        return target instanceof Target.Regression
                ? Arrays.stream(labels()).filter(label -> !Double.isNaN(label)).toArray()
                : new double[0];
    }

    @Override
    public List<String> contents() {
        return list.stream()
                .map(example -> example.textA() + '\0' + example.textB())
                .toList();
    }

    /** The examples' labels, in order. */
    public double[] labels() {
        return list.stream().mapToDouble(Example::label).toArray();
    }
}
