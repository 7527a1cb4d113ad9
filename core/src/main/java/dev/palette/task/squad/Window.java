package dev.palette.task.squad;

import dev.palette.text.Features;

/**
 * A question and a part of its passage: {@code [CLS] question [SEP] part [SEP]}.
 *
 * @param question its place among the questions
 * @param sequence as the model reads it
 * @param offset the position of the part's first piece
 * @param words the passage's word at each position from {@code offset} on
 * @param mostContext whether no other window shows more of what surrounds the piece at that position
 * @param answer the positions of the answer's first and last piece, as training wants them; [CLS], where it is not known
 */
record Window(int question, Features sequence, int offset, int[] words, boolean[] mostContext, Run answer) {
    /** Whether a piece of the passage, and not of the question, is at this position. */
    boolean isPassage(int position) {
        return position >= offset && position < offset + words.length;
    }

    /** The passage's word at this position. */
    int word(int position) {
        return words[position - offset];
    }

    /** Whether an answer that starts here is to be looked for in this window, and not in one that overlaps it. */
    boolean hasMostContext(int position) {
        return mostContext[position - offset];
    }
}
