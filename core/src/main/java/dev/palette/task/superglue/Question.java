package dev.palette.task.superglue;

import java.util.List;

/**
 * A question, each of whose candidates the model judges by itself.
 *
 * @param passage the number of its passage in the file, as the file has it
 * @param number its own number there
 * @param candidates in the file's order; at least one
 * @param answers what people answered; empty where the split has none
 */
record Question(int passage, int number, List<Candidate> candidates, List<String> answers) {
    /** Copies the lists. */
    Question {
        candidates = List.copyOf(candidates);
        answers = List.copyOf(answers);
    }

    /**
     * What may be an answer.
     *
     * @param first the first text that the model reads
     * @param second the second, of which the candidate is a part
     * @param text the candidate itself
     * @param number its number in the file
     * @param label 1 where it is right, 0 where it is wrong; NaN where the split has no labels
     */
    record Candidate(String first, String second, String text, int number, double label) {}
}
