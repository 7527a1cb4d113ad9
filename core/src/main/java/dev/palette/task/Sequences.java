package dev.palette.task;

import dev.palette.text.Features;
import dev.palette.text.SpecialTokens;
import dev.palette.text.WordPiece;
import java.util.Arrays;
import java.util.List;

/** Tokenised sequences of different lengths, of which batches are made. */
public final class Sequences {
    private final List<Features> features;
    private final int padding;

    /** Sequences in the order of their indices. */
    public Sequences(List<Features> features, WordPiece wordPiece) {
        this.features = List.copyOf(features);
        this.padding = wordPiece.id(SpecialTokens.PAD);
    }

    /** (n) the word pieces of each. */
    public int[] lengths() {
        return features.stream().mapToInt(Features::length).toArray();
    }

    /**
     * The sequences with the given indices, in that order, padded to the longest of them.
     *
     * @param labels of the batch, as its task's loss wants them
     */
    public Batch batch(int[] indices, float[] labels) {
        int[] lengths =
                Arrays.stream(indices).map(i -> features.get(i).length()).toArray();
        int width = Arrays.stream(lengths).max().orElseThrow();
        long[] inputIds = new long[indices.length * width];
        long[] tokenTypes = new long[indices.length * width];
        Arrays.fill(inputIds, padding);
        for (int row = 0; row < indices.length; row++) {
            Features sequence = features.get(indices[row]);
            for (int i = 0; i < sequence.length(); i++) {
                inputIds[row * width + i] = sequence.inputIds()[i];
                tokenTypes[row * width + i] = sequence.tokenTypes()[i];
            }
        }
        return new Batch(indices.clone(), width, inputIds, tokenTypes, lengths, labels);
    }
}
