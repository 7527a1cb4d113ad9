package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostilePickleTest {
    private static final long HUGE = 1L << 40;

    @TempDir
    Path folder;

    @Test
    void theFormItselfIsRead() throws IOException {
        Path file = archive(dictionaryOf(pickle -> pickle.tensor(4, 1, shape(3), shape(1))));
        try (TensorFile read = TensorFile.open(file)) {
            assertThat(read.entries()).extracting(TensorEntry::layout).containsExactly("F32 [3]");
        }
    }

    static Stream<Arguments> views() {
        return Stream.of(
                Arguments.of(4, 2, shape(3), shape(1), "leaves its storage"),
                Arguments.of(4, -1, shape(3), shape(1), "leaves its storage"),
                Arguments.of(4, Long.MAX_VALUE, shape(3), shape(1), "leaves its storage"),
                Arguments.of(4, 0, shape(2), shape(-1), "leaves its storage"),
                Arguments.of(4, 0, shape(2, 2), shape(3, 1), "leaves its storage"),
                Arguments.of(4, 0, shape(-2), shape(1), "a size cannot be negative"),
                Arguments.of(4, 0, shape(2, 2), shape(1), "has shape [2, 2] and strides [1], expected as many"),
                Arguments.of(4, 0, shape(HUGE), shape(0), "repeats the 4 numbers"),
                Arguments.of(4, 0, shape(HUGE, HUGE), shape(0, 0), "more than any file can hold"),
                Arguments.of(4, 0, shape(HUGE), shape(HUGE), "more than any file can hold"),
                Arguments.of(HUGE, 0, shape(HUGE), shape(1), "has 16 bytes, expected " + HUGE),
                Arguments.of(5, 0, shape(5), shape(1), "has 16 bytes, expected 5 numbers of type F32"),
                Arguments.of(-4, 0, shape(1), shape(1), "FloatStorage of -4 numbers"),
                Arguments.of(4, 0, new long[65], new long[65], "not a few whole numbers"));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aViewThatLeavesItsStorageIsRefusedBeforeMemoryIsTaken(
            long numbers, long offset, long[] shape, long[] strides, String finding) throws IOException {
        refused(dictionaryOf(pickle -> pickle.tensor(numbers, offset, shape, strides)), finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"os system", "builtins eval", "torch.nn Linear", "torch load", "collections Counter"})
    void whateverElseIsNamedIsRefusedByItsName(String global) throws IOException {
        String[] parts = global.split(" ");
        refused(
                TestPickle.begin().global(parts[0], parts[1]).op(')', 'R').end(),
                "holds %s.%s, which is neither a tensor nor a plain container".formatted(parts[0], parts[1]));
        refused(
                TestPickle.begin()
                        .string(parts[0])
                        .string(parts[1])
                        .op(0x93, '.')
                        .end(),
                "holds %s.%s, which is neither a tensor nor a plain container".formatted(parts[0], parts[1]));
    }

    @ParameterizedTest
    @ValueSource(chars = {'P', 'i', 'o', 'I', 'S', 'B', 0x81, 0x92, 0x82, 0x97})
    void instructionsThatMakeObjectsAreRefusedByNumber(char opcode) throws IOException {
        refused(TestPickle.begin().op(opcode, '\n').end(), "the pickle instruction 0x%02x".formatted((int) opcode));
    }

    static Stream<Arguments> nonsense() {
        return Stream.of(
                Arguments.of(TestPickle.begin().end(), "takes a value where none is"),
                Arguments.of(TestPickle.begin().op('(', '0').end(), "takes a value where none is"),
                Arguments.of(TestPickle.begin().op('e').end(), "a mark that it never set"),
                Arguments.of(TestPickle.begin().op('h', 7).end(), "recalls what it never stored"),
                Arguments.of(TestPickle.begin().op('N', 'N').end(), "values left over"),
                Arguments.of(TestPickle.begin().op('X', 255, 255, 255, 255).end(), "wants 4294967295 bytes"),
                Arguments.of(
                        TestPickle.begin().op(0x8d, 0, 0, 0, 0, 0, 0, 0, 0x80).end(), "bytes where"),
                Arguments.of(TestPickle.begin().op('}', ')', 'N', 's').end(), "neither a string nor a number"),
                Arguments.of(TestPickle.begin().op('N', 'N', 'a').end(), "appends to what is no list"),
                Arguments.of(TestPickle.begin().op('N', ')', 'R').end(), "calls what is no function"),
                Arguments.of(TestPickle.begin().op('N', 'N', 'b').end(), "no dictionary"),
                Arguments.of(TestPickle.begin().op('}', '(', 'N', 'u').end(), "a key without a value"),
                Arguments.of(TestPickle.begin().op('N', 'Q').end(), "no storage"),
                Arguments.of(
                        TestPickle.begin()
                                .global("torch", "FloatStorage")
                                .op(')', 'R')
                                .end(),
                        "a call of torch.FloatStorage"),
                Arguments.of(new byte[] {(byte) 0x80, 1, 'N', '.'}, "protocol 1, expected 2 to 5"),
                Arguments.of(TestPickle.begin().op('N').end(), "holds no dictionary"),
                Arguments.of(TestPickle.begin().op('c', 'x').end(), "does not end"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void aProgramThatMakesNoSenseIsRefused(byte[] pickle, String finding) throws IOException {
        refused(pickle, finding);
    }

    @Test
    void aListInItselfAndDeepNestingCostNothing() throws IOException {
        refused(TestPickle.begin().op(']', 'q', 0, 'h', 0, 'a').end(), "holds no dictionary");
        TestPickle deep = TestPickle.begin();
        for (int i = 0; i < 100_000; i++) {
            deep.op(']');
        }
        for (int i = 1; i < 100_000; i++) {
            deep.op('a');
        }
        refused(deep.end(), "holds no dictionary");
    }

    @Test
    void aMemoThatMultipliesIsStoppedByCounting() throws IOException {
        TestPickle pairs = TestPickle.begin().op(']', '(');
        for (int i = 0; i < 10_000; i++) {
            pairs.number(i).op('N', 0x86);
        }
        pairs.op('e', 0x85, 'q', 0); // ([(0, None), …],)
        for (int i = 0; i < 10_000; i++) {
            pairs.global("collections", "OrderedDict").op('h', 0, 'R', '0');
        }
        refused(pairs.end(), "makes more than 4194304 values");
    }

    private interface Value {
        TestPickle push(TestPickle pickle);
    }

    private static byte[] dictionaryOf(Value value) {
        return value.push(TestPickle.begin().op('}').string("w")).op('s').end();
    }

    private Path archive(byte[] pickle) throws IOException {
        return TestPickle.archive(folder.resolve("f.pt"), pickle, new byte[16]);
    }

    private void refused(byte[] pickle, String finding) throws IOException {
        Path file = archive(pickle);
        assertThatThrownBy(() -> TensorFile.open(file).close())
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll(file.toString(), finding);
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }
}
