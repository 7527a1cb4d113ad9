package dev.palette.train;

import dev.palette.spec.RandomStreams;
import dev.palette.task.Batch;
import dev.palette.task.Dataset;
import dev.palette.task.LabelMetric;
import dev.palette.task.Loss;
import dev.palette.task.Outputs;
import dev.palette.task.Scores;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Random sequences with random labels that suit a loss. Some spans lie beyond their sequence: beyond the longest of the batch as well,
 * or not.
 *
 * @param size how many
 */
record MadeUpExamples(Loss loss, int size, int longest) implements Dataset {
    private static final int WORDS = 30;

    MadeUpExamples(Loss loss, int size) {
        this(loss, size, 16);
    }

    @Override
    public int[] lengths() {
        return IntStream.range(0, size)
                .map(example -> 2 + random(example).nextInt(longest - 1))
                .toArray();
    }

    @Override
    public Batch batch(int[] indices) {
        int[] all = lengths();
        int[] lengths = Arrays.stream(indices).map(i -> all[i]).toArray();
        int width = Arrays.stream(lengths).max().orElseThrow();
        int numbers = loss == Loss.SPAN ? 2 : loss == Loss.TOKENS ? width : 1;
        long[] ids = new long[indices.length * width];
        long[] types = new long[ids.length];
        float[] labels = new float[indices.length * numbers];
        for (int row = 0; row < indices.length; row++) {
            UniformRandomProvider random = random(indices[row]);
            random.nextInt(longest - 1); // the length
            for (int i = 0; i < lengths[row]; i++) {
                ids[row * width + i] = random.nextInt(WORDS);
                types[row * width + i] = i < lengths[row] / 2 ? 0 : 1;
            }
            for (int i = 0; i < numbers; i++) {
                labels[row * numbers + i] =
                        loss == Loss.TOKENS && i >= lengths[row] ? Loss.UNLABELLED : label(random, lengths[row]);
            }
        }
        return new Batch(indices, width, ids, types, lengths, labels);
    }

    private float label(UniformRandomProvider random, int length) {
        return switch (loss) {
            case CROSS_ENTROPY -> random.nextInt(3);
            case MEAN_SQUARED_ERROR -> random.nextFloat();
            case SPAN -> random.nextInt(4) == 0 ? longest + 1 : random.nextInt(length);
            case TOKENS -> random.nextBoolean() ? random.nextInt(3) : Loss.UNLABELLED;
        };
    }

    private static UniformRandomProvider random(int example) {
        return new RandomStreams(5).stream("example", example);
    }

    @Override
    public Dataset select(int[] items) {
        throw new UnsupportedOperationException("all are trained on");
    }

    @Override
    public Scores scores(Outputs outputs) {
        double sum = outputs.rows().stream()
                .mapToDouble(output -> 1 / (1 + Math.exp(-output[0])))
                .sum();
        return new Scores(Map.of(LabelMetric.ACCURACY, sum / size)); // a number that hangs on every weight
    }

    @Override
    public Map<String, String> predictions(Outputs outputs) {
        throw new UnsupportedOperationException("they are trained on");
    }
}
