package dev.palette.task.tags;

import dev.palette.text.Features;
import dev.palette.text.GrowingInts;
import dev.palette.text.WordPiece;
import java.util.Arrays;
import java.util.List;

/**
 * A sentence's tokens as word pieces.
 *
 * @param sequence the pieces between [CLS] and [SEP], cut to the longest sequence
 * @param places (tokens that were not cut off) where in the sequence each token's first piece is, or {@link #NONE}
 */
record TokenPieces(Features sequence, int[] places) {
    /** The place of a token without any piece, such as a control character alone. */
    static final int NONE = -1;

    static TokenPieces of(List<String> tokens, WordPiece wordPiece, int maxLength) {
        int room = maxLength - 2;
        GrowingInts ids = new GrowingInts(tokens.size());
        int[] places = new int[tokens.size()];
        int kept = 0;
        for (String token : tokens) {
            if (ids.size() >= room) {
                break;
            }
            int[] own = wordPiece.ids(token);
            places[kept++] = own.length == 0 ? NONE : ids.size() + 1; // behind [CLS]
            ids.addAll(own);
        }
        int[] pieces = Arrays.copyOf(ids.toArray(), Math.min(room, ids.size()));
        return new TokenPieces(Features.joined(wordPiece, pieces, new int[0]), Arrays.copyOf(places, kept));
    }
}
