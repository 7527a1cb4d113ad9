package dev.palette.task;

import java.util.Arrays;
import java.util.Map;

/**
 * A dataset of nothing but lengths; its batches name their examples.
 *
 * @param lengths (n) of the examples
 */
public record LengthsOnly(int[] lengths) implements Dataset {
    @Override
    public Dataset select(int[] items) {
        return new LengthsOnly(Arrays.stream(items).map(i -> lengths[i]).toArray());
    }

    @Override
    public Batch batch(int[] indices) {
        int[] own = Arrays.stream(indices).map(i -> lengths[i]).toArray();
        return new Batch(indices.clone(), 0, new long[0], new long[0], own, new float[indices.length]);
    }

    @Override
    public Scores scores(Outputs outputs) {
        throw new UnsupportedOperationException("it has no labels");
    }

    @Override
    public Map<String, String> predictions(Outputs outputs) {
        return Map.of();
    }
}
