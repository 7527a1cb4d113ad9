package dev.palette.task;

import dev.palette.text.Features;
import dev.palette.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tokenised sequences of different lengths, of which batches are made. Several threads may take batches. */
public final class Sequences {
    private final SequenceArrays arrays;
    private final int[] chosen;
    private final int perExample;

    /** One sequence an example, in the order of the examples. */
    public Sequences(List<Features> features, Tokenizer tokenizer) {
        this(SequenceArrays.of(features, tokenizer), 1);
    }

    /**
     * One or several sequences an example, side by side, in the order of the examples.
     *
     * @param perExample sequences of each example: the choices of a {@link Head.Choice}, else 1
     */
    public Sequences(SequenceArrays arrays, int perExample) {
        this(arrays, IntStream.range(0, arrays.size() / perExample).toArray(), perExample);
    }

    private Sequences(SequenceArrays arrays, int[] chosen, int perExample) {
        this.arrays = arrays;
        this.chosen = chosen;
        this.perExample = perExample;
    }

    /** The sequences of the chosen examples alone, as a dataset keeps them. */
    SequenceArrays arrays() {
        return arrays.copy(sequencesOf(IntStream.range(0, chosen.length)));
    }

    /** The places of some examples' sequences. */
    private int[] sequencesOf(IntStream examples) {
        return examples.flatMap(
                        example -> IntStream.range(chosen[example] * perExample, (chosen[example] + 1) * perExample))
                .toArray();
    }

    /** Some of the examples, numbered anew; nothing is copied but their numbers. */
    public Sequences select(int[] examples) {
        int[] among = Arrays.stream(examples).map(example -> chosen[example]).toArray();
        return new Sequences(arrays, among, perExample);
    }

    /** (n) the word pieces of each example, of the longest of its sequences. */
    public int[] lengths() {
        int[] lengths = new int[chosen.length];
        for (int i = 0; i < lengths.length; i++) {
            for (int choice = 0; choice < perExample; choice++) {
                lengths[i] = Math.max(lengths[i], arrays.length(chosen[i] * perExample + choice));
            }
        }
        return lengths;
    }

    /**
     * The examples with the given indices, in that order, padded to the longest of their sequences.
     *
     * @param labels as in {@link Batch}
     */
    public Batch batch(int[] examples, float[] labels) {
        int[] rows = sequencesOf(Arrays.stream(examples));
        int[] lengths = Arrays.stream(rows).map(arrays::length).toArray();
        int width = Arrays.stream(lengths).max().orElseThrow();
        long[] inputIds = new long[rows.length * width];
        long[] tokenTypes = new long[rows.length * width];
        int[] ids = new int[width];
        for (int row = 0; row < rows.length; row++) {
            int start = row * width;
            int length = lengths[row];
            arrays.pieces().get(arrays.begin(rows[row]), ids, 0, length);
            for (int i = 0; i < length; i++) {
                inputIds[start + i] = ids[i];
            }
            Arrays.fill(inputIds, start + length, start + width, arrays.padding());
            Arrays.fill(tokenTypes, start + arrays.firstLengths()[rows[row]], start + length, 1);
        }
        return new Batch(examples.clone(), width, inputIds, tokenTypes, lengths, labels);
    }
}
