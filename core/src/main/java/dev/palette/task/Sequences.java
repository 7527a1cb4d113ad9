package dev.palette.task;

import dev.palette.text.Features;
import dev.palette.text.SpecialTokens;
import dev.palette.text.WordPiece;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tokenised sequences of different lengths, of which batches are made. */
public final class Sequences {
    private final List<Features> features;
    private final int perExample;
    private final int padding;

    /** One sequence an example, in the order of the examples. */
    public Sequences(List<Features> features, WordPiece wordPiece) {
        this(features, 1, wordPiece);
    }

    /**
     * Several sequences an example, side by side, in the order of the examples.
     *
     * @param perExample sequences of each example: the choices of a {@link Head.Choice}
     * @param wordPiece made them; need not stay open
     */
    public Sequences(List<Features> features, int perExample, WordPiece wordPiece) {
        this.features = List.copyOf(features);
        this.perExample = perExample;
        this.padding = wordPiece.id(SpecialTokens.PAD);
    }

    /** (n) the word pieces of each example, of the longest of its sequences. */
    public int[] lengths() {
        return IntStream.range(0, features.size() / perExample)
                .map(example -> of(example).mapToInt(Features::length).max().orElseThrow())
                .toArray();
    }

    private Stream<Features> of(int example) {
        return features.subList(example * perExample, (example + 1) * perExample).stream();
    }

    /**
     * The examples with the given indices, in that order, padded to the longest of their sequences.
     *
     * @param labels as in {@link Batch}
     */
    public Batch batch(int[] examples, float[] labels) {
        List<Features> rows = Arrays.stream(examples).boxed().flatMap(this::of).toList();
        int[] lengths = rows.stream().mapToInt(Features::length).toArray();
        int width = Arrays.stream(lengths).max().orElseThrow();
        long[] inputIds = new long[rows.size() * width];
        long[] tokenTypes = new long[rows.size() * width];
        Arrays.fill(inputIds, padding);
        for (int row = 0; row < rows.size(); row++) {
            Features sequence = rows.get(row);
            for (int i = 0; i < sequence.length(); i++) {
                inputIds[row * width + i] = sequence.inputIds()[i];
                tokenTypes[row * width + i] = sequence.tokenTypes()[i];
            }
        }
        return new Batch(examples.clone(), width, inputIds, tokenTypes, lengths, labels);
    }
}
