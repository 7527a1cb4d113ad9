package dev.palette.task;

import dev.palette.spec.DivergedException;
import dev.palette.spec.PaletteException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What a task's head predicts: one of some classes, or a number. */
public sealed interface Target {
    /** The width of the head's output. */
    int outputs();

    /** The label that a file's text stands for; empty when it is none of the target's. */
    OptionalDouble parse(String text);

    /** What {@link #parse} accepts, for messages. */
    String expected();

    /** What the loss compares the head's output with: the class's index, or the score scaled to [0, 1]. */
    float trainingLabel(double label);

    /** The prediction of one output row of the model, in the units of labels. */
    double prediction(float[] output);

    /**
     * The predictions of many rows.
     *
     * @param outputs (n, {@link #outputs()}), row after row
     * @return (n) class indices or scores
     * @throws PaletteException when an output is not a number
     */
    default double[] predictions(float[] outputs) {
        int width = outputs();
        double[] predictions = new double[outputs.length / width];
        for (int row = 0; row < predictions.length; row++) {
            float[] output = Arrays.copyOfRange(outputs, row * width, (row + 1) * width);
            for (float value : output) {
                if (Float.isNaN(value)) {
                    throw new DivergedException(
                            "the model's output for example %d is not a number: training has diverged;".formatted(row)
                                    + " a lower learningRate or a longer warm-up helps");
                }
            }
            predictions[row] = prediction(output);
        }
        return predictions;
    }

    /**
     * One of several classes, by cross-entropy over one logit a class.
     *
     * @param labels the classes as the files write them; a label is an index in this list
     */
    record Classification(List<String> labels) implements Target {
        /** Copies the labels. */
        public Classification {
            labels = List.copyOf(labels);
        }

        @Override
        public int outputs() {
            return labels.size();
        }

        @Override
        public OptionalDouble parse(String text) {
            int index = labels.indexOf(text);
            return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(index);
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", labels);
        }

        @Override
        public float trainingLabel(double label) {
            return (float) label;
        }

        /** The class with the largest logit, the first of equals. */
        @Override
        public double prediction(float[] output) {
            int best = 0;
            for (int i = 1; i < output.length; i++) {
                if (output[i] > output[best]) {
                    best = i;
                }
            }
            return best;
        }
    }

    /**
     * A score, by mean squared error on the scale [0, 1].
     *
     * @param low the lowest score
     * @param high the highest score
     */
    record Regression(double low, double high) implements Target {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public OptionalDouble parse(String text) {
            try {
                double score = Double.parseDouble(text);
                return score >= low && score <= high ? OptionalDouble.of(score) : OptionalDouble.empty();
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }

        @Override
        public String expected() {
            return "a number from " + low + " to " + high;
        }

        @Override
        public float trainingLabel(double label) {
            return (float) ((label - low) / (high - low));
        }

        /** The output, cut to [0, 1] as the original does, on the labels' scale. */
        @Override
        public double prediction(float[] output) {
            return low + (high - low) * Math.min(1, Math.max(0, output[0]));
        }
    }
}
