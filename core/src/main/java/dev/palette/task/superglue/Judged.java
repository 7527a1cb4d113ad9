package dev.palette.task.superglue;

import java.util.stream.IntStream;

/**
 * A question and what a model says of its candidates.
 *
 * @param question the question
 * @param preferred (candidates) by how much a candidate is rather right than wrong, a difference of logits
 */
record Judged(Question question, double[] preferred) {
    /** Whether a candidate is taken to be right. */
    boolean right(int candidate) {
        return preferred[candidate] > 0;
    }

    /** Whether a candidate is right. */
    boolean expected(int candidate) {
        return question.candidates().get(candidate).label() == 1;
    }

    /** The candidates' places. */
    IntStream candidates() {
        return IntStream.range(0, preferred.length);
    }

    /** The candidate that is preferred most, the first of equals. */
    String best() {
        int best = 0;
        for (int i = 1; i < preferred.length; i++) {
            best = preferred[i] > preferred[best] ? i : best;
        }
        return question.candidates().get(best).text();
    }
}
