package dev.palette.original;

import dev.palette.task.Outputs;
import dev.palette.task.Target;

/**
 * The loss of a split as the original reports it: the mean of its batches' mean losses, in the order of the file.
 *
 * @param target what is predicted
 * @param batchSize the original's {@code --eval_batch_size}
 */
record EvaluationLoss(Target target, int batchSize) {
    /**
     * The loss.
     *
     * @param outputs the head's outputs of every example
     * @param labels (n) class indices, or scores in the labels' units
     */
    double of(Outputs outputs, double[] labels) {
        double sumOfMeans = 0;
        int batches = 0;
        for (int start = 0; start < labels.length; start += batchSize) {
            int end = Math.min(labels.length, start + batchSize);
            double sum = 0;
            for (int row = start; row < end; row++) {
                sum += loss(outputs.rows().get(row), labels[row]);
            }
            sumOfMeans += sum / (end - start);
            batches++;
        }
        return sumOfMeans / batches;
    }

    private double loss(float[] output, double label) {
        if (target instanceof Target.Regression) {
            double error = output[0] - target.trainingLabel(label);
            return error * error;
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : output) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : output) {
            sum += Math.exp(logit - largest);
        }
        return largest + Math.log(sum) - output[(int) label]; // −log softmax
    }
}
