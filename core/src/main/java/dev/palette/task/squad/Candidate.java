package dev.palette.task.squad;

import java.util.List;

/**
 * A possible answer to a question.
 *
 * @param text part of the passage
 * @param startLogit what the model says of its first piece
 * @param endLogit what the model says of its last
 */
record Candidate(String text, double startLogit, double endLogit) {
    /** What stands for an answer where nothing is left to choose from. */
    static final Candidate NONE = new Candidate("empty", 0, 0);

    /** The sum of both logits. */
    double score() {
        return startLogit + endLogit;
    }

    /** How probable each is if one of them is right: the softmax of their scores. */
    static double[] probabilities(List<Candidate> candidates) {
        double most = candidates.stream().mapToDouble(Candidate::score).max().orElseThrow();
        double[] weights =
                candidates.stream().mapToDouble(c -> Math.exp(c.score() - most)).toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
