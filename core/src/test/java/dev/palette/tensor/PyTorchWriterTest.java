package dev.palette.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchWriterTest {
    private static final TensorData FIRST = TensorData.ofFloats("first", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private static final TensorData NUMBER = TensorData.ofFloats("a number", new float[] {7});
    private static final TensorData NONE = TensorData.ofFloats("none", new float[0], 0, 3);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackInItsOrder() {
        Path file = write(List.of(FIRST, NUMBER, NONE), Map.of());
        try (TensorFile read = TensorFile.open(file)) {
            assertThat(read.format()).isEqualTo("PyTorch archive");
            assertThat(read.entries()).containsExactly(FIRST.entry(), NUMBER.entry(), NONE.entry());
            assertThat(read.tensor("first")).isEqualTo(FIRST);
            assertThat(read.tensor("a number")).isEqualTo(NUMBER);
            assertThat(read.tensor("none")).isEqualTo(NONE);
            assertThat(read.aliases()).isEmpty();
        }
    }

    @Test
    void everyElementTypeOfPyTorchIsReadBackFromTorchsOwnFile() throws IOException {
        Path file = folder.resolve("f.pt");
        try (TensorFile original = TensorFile.open(TorchFixture.path("zip_2.pt"))) {
            PyTorchWriter.write(file, original.entries(), entry -> original.tensor(entry.name()), original.aliases());
            try (TensorFile copy = TensorFile.open(file)) {
                assertThat(copy.entries()).isEqualTo(original.entries());
                assertThat(copy.aliases()).isEqualTo(original.aliases());
                for (TensorEntry entry : original.entries()) {
                    assertThat(copy.tensor(entry.name())).isEqualTo(original.tensor(entry.name()));
                }
            }
        }
    }

    @Test
    void anAliasSharesItsStorage() throws IOException {
        Path file = write(List.of(FIRST, FIRST.named("second")), Map.of("second", "first"));
        try (TensorFile read = TensorFile.open(file);
                ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(read.aliases()).containsExactly(Map.entry("second", "first"));
            assertThat(read.tensor("second")).isEqualTo(FIRST.named("second"));
            assertThat(zip.stream().filter(entry -> entry.getName().startsWith("archive/data/")))
                    .hasSize(1);
        }
    }

    @Test
    void anAliasOfAnotherShapeOrOfNothingIsRefused() {
        assertThatThrownBy(() -> write(List.of(FIRST, NUMBER), Map.of("a number", "first")))
                .isInstanceOf(PaletteException.class)
                .hasMessage("tensor 'a number' (F32 []) cannot share the numbers of 'first' (F32 [2, 3])");
        assertThatThrownBy(() -> write(List.of(FIRST), Map.of("first", "absent")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("cannot share the numbers of 'absent'");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void everyStorageBeginsAtAMultipleOf64() throws IOException {
        Path file = write(List.of(NUMBER, FIRST, NONE), Map.of());
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(ZipDirectory.read(file, channel).values())
                    .allSatisfy(
                            entry -> assertThat(entry.content().offset() % 64).isZero());
        }
    }

    /** Byte for byte what torch 1.13.1 and 2.15.0 have read by {@code torch.load(file, weights_only=True)}. */
    @Test
    void theDictionaryHasNoInstructionThatWeightsOnlyDoesNotKnow() {
        StateDictPickle pickle = new StateDictPickle();
        pickle.add(NUMBER.entry(), "0");
        pickle.add(NUMBER.named("b").entry(), "1");
        String storage = "((X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0%sX\3\0\0\0cpuJ\1\0\0\0tQJ\0\0\0\0(t(t";
        String end = "\u0089ccollections\nOrderedDict\n)RtR";
        assertThat(new String(pickle.finish(), StandardCharsets.ISO_8859_1))
                .isEqualTo("\u0080\2ccollections\nOrderedDict\n)R("
                        + "X\10\0\0\0a numberctorch._utils\n_rebuild_tensor_v2\nq\0"
                        + storage.formatted("0")
                        + end
                        + "X\1\0\0\0bh\0"
                        + storage.formatted("1")
                        + end
                        + "u.");
    }

    @Test
    void theSameTensorsMakeTheSameBytes() throws IOException {
        byte[] once = Files.readAllBytes(write(List.of(FIRST, NUMBER), Map.of()));
        assertThat(write(List.of(FIRST, NUMBER), Map.of())).hasBinaryContent(once);
    }

    private Path write(List<TensorData> tensors, Map<String, String> aliases) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        Path file = folder.resolve("f.pt");
        PyTorchWriter.write(
                file, tensors.stream().map(TensorData::entry).toList(), entry -> byName.get(entry.name()), aliases);
        return file;
    }
}
