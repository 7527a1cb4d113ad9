package dev.palette.task.squad;

import dev.palette.text.WordPiece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A passage as word pieces.
 *
 * @param ids (n) the pieces of all words, in order
 * @param wordOf (n) the word that each piece belongs to
 * @param firstOf for each word the place of its first piece
 */
record PassagePieces(int[] ids, int[] wordOf, int[] firstOf) {
    static PassagePieces of(Passage passage, WordPiece wordPiece) {
        List<int[]> pieces = new ArrayList<>();
        int[] firstOf = new int[passage.words().size()];
        int n = 0;
        for (int word = 0; word < firstOf.length; word++) {
            int[] own = wordPiece.ids(passage.words().get(word));
            firstOf[word] = n;
            n += own.length;
            pieces.add(own);
        }
        int[] wordOf = new int[n];
        for (int word = 0; word < firstOf.length; word++) {
            Arrays.fill(wordOf, firstOf[word], firstOf[word] + pieces.get(word).length, word);
        }
        return new PassagePieces(pieces.stream().flatMapToInt(Arrays::stream).toArray(), wordOf, firstOf);
    }

    /**
     * The pieces of an answer: of the words it lies in, or fewer if they are just the answer's own. A year in brackets is part of
     * a word with them, but its pieces are not.
     *
     * @param words the words it lies in
     * @param answer its own pieces
     */
    Run locate(Run words, int[] answer) {
        int first = firstOf[words.first()];
        int last = (words.last() + 1 < firstOf.length ? firstOf[words.last() + 1] : ids.length) - 1;
        for (int from = first; from <= last; from++) {
            int to = from + answer.length;
            if (to <= last + 1 && to > from && Arrays.equals(ids, from, to, answer, 0, answer.length)) {
                return new Run(from, to - 1);
            }
        }
        return new Run(first, last);
    }
}
