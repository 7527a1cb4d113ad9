package dev.palette.task.squad;

import java.util.List;

/**
 * A question about a passage.
 *
 * @param id what predictions are filed under
 * @param text the question
 * @param passage shared by all its questions
 * @param answers what people answered; one for training, several for evaluation, none where answers are kept secret
 */
record Question(String id, String text, Passage passage, List<Answer> answers) {
    /** Copies the list. */
    Question {
        answers = List.copyOf(answers);
    }
}
