package dev.palette.task;

import dev.palette.spec.PaletteException;
import dev.palette.tensor.TensorData;
import dev.palette.text.Features;
import dev.palette.text.GrowingInts;
import dev.palette.text.Tokenizer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Many sequences of different lengths, one after the other: three arrays whatever their number. Several threads may read them.
 *
 * @param pieces (total) the word pieces of all sequences, on the heap or mapped from a file
 * @param ends (n) where in {@code pieces} each sequence ends and the next begins
 * @param firstLengths (n) of each sequence the {@linkplain Features#firstLength pieces of token type 0}
 * @param padding the id of [PAD], which fills a batch's shorter sequences
 */
public record SequenceArrays(IntBuffer pieces, int[] ends, int[] firstLengths, int padding) {
    private static final String PIECES = "pieces";
    private static final String ENDS = "ends";
    private static final String FIRST_LENGTHS = "first lengths";
    private static final String PADDING = "padding";

    /** Sequences that one thread makes at a time: enough to be worth it, few enough that the threads end together. */
    private static final int CHUNK = 512;

    /**
     * Checks that the arrays describe sequences.
     *
     * @throws PaletteException when an end or a length lies outside
     */
    public SequenceArrays {
        if (ends.length != firstLengths.length) {
            throw contradiction("%d ends, %d lengths".formatted(ends.length, firstLengths.length));
        }
        int total = pieces.limit();
        int begin = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = ends[i];
            if (end <= begin || end > total) {
                throw contradiction("sequence %d ends at %d of %d".formatted(i, end, total));
            }
            int first = firstLengths[i];
            if (first <= 0 || first > end - begin) {
                throw contradiction("%d of sequence %d are of type 0".formatted(first, i));
            }
            begin = end;
        }
        if (begin != total) {
            throw contradiction("the last of %d sequences ends at %d".formatted(ends.length, begin));
        }
    }

    private static PaletteException contradiction(String found) {
        return new PaletteException("the tokenised sequences contradict themselves: " + found);
    }

    /**
     * Sequences that are there.
     *
     * @param tokenizer made them; need not stay open
     */
    public static SequenceArrays of(List<Features> sequences, Tokenizer tokenizer) {
        return part(0, sequences.size(), sequences::get, tokenizer.padding());
    }

    /**
     * Makes sequences on all processors; they come in order.
     *
     * @param sequence gives the sequence of a number; is called by several threads
     * @param tokenizer makes them
     */
    public static SequenceArrays of(int count, IntFunction<Features> sequence, Tokenizer tokenizer) {
        return of(count, sequence, tokenizer.padding());
    }

    private static SequenceArrays of(int count, IntFunction<Features> sequence, int padding) {
        List<SequenceArrays> parts = IntStream.range(0, (count + CHUNK - 1) / CHUNK)
                .parallel()
                .mapToObj(chunk -> part(chunk * CHUNK, Math.min(count, (chunk + 1) * CHUNK), sequence, padding))
                .toList();
        return joined(parts, padding);
    }

    private static SequenceArrays part(int from, int to, IntFunction<Features> sequence, int padding) {
        GrowingInts pieces = new GrowingInts(0);
        int[] ends = new int[to - from];
        int[] firstLengths = new int[to - from];
        for (int i = from; i < to; i++) {
            Features features = sequence.apply(i);
            pieces.addAll(features.inputIds());
            ends[i - from] = pieces.size();
            firstLengths[i - from] = features.firstLength();
        }
        return new SequenceArrays(IntBuffer.wrap(pieces.toArray()), ends, firstLengths, padding);
    }

    private static SequenceArrays joined(List<SequenceArrays> parts, int padding) {
        long total = parts.stream().mapToLong(part -> part.pieces.limit()).sum();
        IntBuffer pieces = IntBuffer.allocate(Math.toIntExact(total));
        GrowingInts ends = new GrowingInts(0);
        GrowingInts firstLengths = new GrowingInts(0);
        for (SequenceArrays part : parts) {
            int before = pieces.position();
            pieces.put(part.pieces.duplicate());
            firstLengths.addAll(part.firstLengths);
            for (int end : part.ends) {
                ends.add(before + end);
            }
        }
        return new SequenceArrays(pieces.rewind(), ends.toArray(), firstLengths.toArray(), padding);
    }

    /** The number of sequences, n. */
    public int size() {
        return ends.length;
    }

    /** Where a sequence begins in {@link #pieces}. */
    public int begin(int sequence) {
        return sequence == 0 ? 0 : ends[sequence - 1];
    }

    /** The number of a sequence's word pieces. */
    public int length(int sequence) {
        return ends[sequence] - begin(sequence);
    }

    /** One sequence by itself. */
    public Features get(int sequence) {
        int[] ids = new int[length(sequence)];
        pieces.get(begin(sequence), ids);
        return new Features(ids, firstLengths[sequence]);
    }

    /** Some of the sequences, copied, in the given order. */
    SequenceArrays copy(int[] sequences) {
        return of(sequences.length, i -> get(sequences[i]), padding);
    }

    /** The arrays as a dataset keeps them. */
    public List<TensorData> tensors() {
        return List.of(
                DatasetArrays.tensor(PIECES, pieces),
                TensorData.ofInts(ENDS, ends),
                TensorData.ofInts(FIRST_LENGTHS, firstLengths),
                TensorData.ofInts(PADDING, padding));
    }

    /**
     * The sequences that a dataset kept.
     *
     * @throws PaletteException when an array is missing or they contradict each other
     */
    public static SequenceArrays of(DatasetArrays kept) {
        return new SequenceArrays(
                kept.ints(PIECES), kept.copy(ENDS), kept.copy(FIRST_LENGTHS), kept.copy(PADDING, 1)[0]);
    }
}
