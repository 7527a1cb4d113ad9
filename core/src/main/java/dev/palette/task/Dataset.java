package dev.palette.task;

import dev.palette.text.Features;
import dev.palette.text.SpecialTokens;
import dev.palette.text.WordPiece;
import java.util.Arrays;
import java.util.List;

/** The examples of one split as the model reads them: tokenised once, in the order of {@link Examples}. */
public final class Dataset {
    private final Target target;
    private final Examples examples;
    private final List<Features> features;
    private final int padding;

    private Dataset(Target target, Examples examples, List<Features> features, int padding) {
        this.target = target;
        this.examples = examples;
        this.features = features;
        this.padding = padding;
    }

    /**
     * Tokenises.
     *
     * @param maxLength longest sequence in word pieces; longer ones are truncated
     */
    public static Dataset of(Target target, Examples examples, WordPiece wordPiece, int maxLength) {
        List<Features> features = examples.list().stream()
                .map(example -> Features.of(wordPiece, example.textA(), example.textB(), maxLength))
                .toList();
        return new Dataset(target, examples, features, wordPiece.id(SpecialTokens.PAD));
    }

    /** The number of examples. */
    public int size() {
        return features.size();
    }

    /** The examples, untokenised. */
    public Examples examples() {
        return examples;
    }

    /** (n) the word pieces of each example. */
    public int[] lengths() {
        return features.stream().mapToInt(Features::length).toArray();
    }

    /** The examples with the given indices, in that order, padded to the longest of them. */
    public Batch batch(int[] indices) {
        int[] lengths =
                Arrays.stream(indices).map(i -> features.get(i).length()).toArray();
        int width = Arrays.stream(lengths).max().orElseThrow();
        long[] inputIds = new long[indices.length * width];
        long[] tokenTypes = new long[indices.length * width];
        float[] labels = new float[indices.length];
        Arrays.fill(inputIds, padding);
        for (int row = 0; row < indices.length; row++) {
            Features sequence = features.get(indices[row]);
            for (int i = 0; i < sequence.length(); i++) {
                inputIds[row * width + i] = sequence.inputIds()[i];
                tokenTypes[row * width + i] = sequence.tokenTypes()[i];
            }
            labels[row] = target.trainingLabel(examples.list().get(indices[row]).label());
        }
        return new Batch(indices.clone(), width, inputIds, tokenTypes, lengths, labels);
    }
}
