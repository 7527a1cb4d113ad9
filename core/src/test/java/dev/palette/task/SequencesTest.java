package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import dev.palette.text.Features;
import dev.palette.text.RealVocabulary;
import dev.palette.text.WordPiece;
import java.nio.IntBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequencesTest {
    private static final int PADDING = 0;

    /** Three sequences of 3, 2 and 4 pieces, the last a pair. */
    private final SequenceArrays arrays = new SequenceArrays(
            IntBuffer.wrap(new int[] {2, 11, 3, 2, 3, 2, 3, 12, 3}), new int[] {3, 5, 9}, new int[] {3, 2, 2}, PADDING);

    @Test
    void aBatchIsCutFromTheArraysAndPadded() {
        Batch batch = new Sequences(arrays, 1).batch(new int[] {2, 0}, new float[2]);
        assertThat(batch.inputIds()).containsExactly(2, 3, 12, 3, 2, 11, 3, PADDING);
        assertThat(batch.tokenTypes()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
        assertThat(batch.lengths()).containsExactly(4, 3);
    }

    @Test
    void aSelectionOfASelectionIsNumberedAnew() {
        Sequences chosen = new Sequences(arrays, 1).select(new int[] {2, 1}).select(new int[] {0});
        assertThat(chosen.lengths()).containsExactly(4);
        Batch batch = chosen.batch(new int[] {0}, new float[1]);
        assertThat(batch.inputIds()).containsExactly(2, 3, 12, 3);
        assertThat(batch.examples()).containsExactly(0);
    }

    @Test
    void aSelectionIsKeptWithoutTheRest() {
        SequenceArrays kept = new Sequences(arrays, 1).select(new int[] {2, 0}).arrays();
        assertThat(kept.pieces()).isEqualTo(IntBuffer.wrap(new int[] {2, 3, 12, 3, 2, 11, 3}));
        assertThat(kept.ends()).containsExactly(4, 7);
        assertThat(kept.firstLengths()).containsExactly(2, 3);
    }

    @Test
    void whatSeveralThreadsMakeComesInOrder() {
        try (WordPiece wordPiece = RealVocabulary.wordPiece(true)) {
            List<Features> sequences = IntStream.range(0, 2_000)
                    .mapToObj(i -> new Features(
                            IntStream.rangeClosed(0, i % 9).map(j -> i).toArray(), 1))
                    .toList();
            SequenceArrays made = SequenceArrays.of(sequences.size(), sequences::get, wordPiece);
            SequenceArrays expected = SequenceArrays.of(sequences, wordPiece);
            assertThat(made.pieces()).isEqualTo(expected.pieces());
            assertThat(made.ends()).isEqualTo(expected.ends());
            assertThat(made.firstLengths()).isEqualTo(expected.firstLengths());
            assertThat(made.get(1_999).inputIds()).hasSize(1 + 1_999 % 9).containsOnly(1_999);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 5 10   | 3 2 2   | sequence 2 ends at 10 of 9
            3 5 8    | 3 2 2   | the last of 3 sequences ends at 8
            5 3 9    | 3 2 2   | sequence 1 ends at 3 of 9
            -3 5 9   | 3 2 2   | sequence 0 ends at -3 of 9
            3 5 9    | 3 2     | 3 ends, 2 lengths
            3 5 9    | 3 2 5   | 5 of sequence 2 are of type 0
            3 5 9    | 3 -1 2  | -1 of sequence 1 are of type 0
            2147483647 -2147483648 9 | 1 1 1 | sequence 0 ends at 2147483647 of 9
            """)
    void arraysThatContradictEachOtherAreRefused(String ends, String firstLengths, String message) {
        IntBuffer pieces = arrays.pieces();
        assertThatThrownBy(() -> new SequenceArrays(pieces, parsed(ends), parsed(firstLengths), PADDING))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message);
    }

    private static int[] parsed(String text) {
        return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }
}
