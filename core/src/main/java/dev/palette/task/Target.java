package dev.palette.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a task's head predicts: one of some classes, or a number. */
public sealed interface Target {
    /** A linear layer over the pooled vector. */
    Head head();

    /** What compares the head's output with the label. */
    Loss loss();

    /** The label that a file's text stands for; empty when it is none of the target's. */
    OptionalDouble parse(String text);

    /** What {@link #parse} accepts, for messages. */
    String expected();

    /** What the loss compares the head's output with: the class's index, or the score scaled to [0, 1]. */
    float trainingLabel(double label);

    /** The prediction of one output row of the model, in the units of labels. */
    double prediction(float[] output);

    /** How probable the model takes each class to be, by the softmax of one output row; nothing for a score. */
    Map<String, Double> probabilities(float[] output);

    /** How often each class occurs among labels, in order; nothing for a score or where there are no labels. */
    default Map<String, Long> counts(double[] labels) {
        return Map.of();
    }

    /** What one output row of the model says. */
    default Prediction answer(float[] output) {
        return new Prediction(text(prediction(output)), probabilities(output));
    }

    /** A prediction as the files write labels; {@link #parse} gives it back. */
    String text(double prediction);

    /**
     * The predictions for many examples.
     *
     * @return (n) class indices or scores
     */
    default double[] predictions(Outputs outputs) {
        return outputs.rows().stream().mapToDouble(this::prediction).toArray();
    }

    /** The one output that a model gives that looks at no text: what is commonest among the labels, or their mean. */
    float[] commonest(double[] labels);

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
        public Head head() {
            return new Head.Sequence(labels.size());
        }

        @Override
        public Loss loss() {
            return Loss.CROSS_ENTROPY;
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

        @Override
        public Map<String, Double> probabilities(float[] output) {
            double most = output[(int) prediction(output)];
            double sum = 0;
            for (float logit : output) {
                sum += Math.exp(logit - most);
            }
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int i = 0; i < output.length; i++) {
                probabilities.put(labels.get(i), Math.exp(output[i] - most) / sum);
            }
            return probabilities;
        }

        /** How often each class occurs. */
        @Override
        public float[] commonest(double[] given) {
            float[] counts = new float[labels.size()];
            for (double label : given) {
                counts[(int) label]++;
            }
            return counts;
        }

        @Override
        public Map<String, Long> counts(double[] given) {
            Map<String, Long> counts = new LinkedHashMap<>();
            labels.forEach(label -> counts.put(label, 0L));
            Arrays.stream(given)
                    .filter(label -> !Double.isNaN(label))
                    .forEach(label -> counts.merge(labels.get((int) label), 1L, Long::sum));
            return counts.values().stream().allMatch(count -> count == 0) ? Map.of() : counts;
        }

        /** The class as the files write it. */
        @Override
        public String text(double prediction) {
            return labels.get((int) prediction);
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
        public Head head() {
            return new Head.Sequence(1);
        }

        @Override
        public Loss loss() {
            return Loss.MEAN_SQUARED_ERROR;
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

        @Override
        public Map<String, Double> probabilities(float[] output) {
            return Map.of();
        }

        /** The mean. */
        @Override
        public float[] commonest(double[] given) {
            return new float[] {trainingLabel(Arrays.stream(given).average().orElseThrow())};
        }

        @Override
        public String text(double prediction) {
            return Double.toString(prediction);
        }
    }
}
