package dev.palette.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.AdapterFile;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Bottleneck.Form;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Initialisation;
import dev.palette.adapter.Lora;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Projection;
import dev.palette.experiment.Vocabulary;
import dev.palette.kernel.Activation;
import dev.palette.pretrained.EncoderSource;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import dev.palette.tensor.TensorData;
import dev.palette.testing.MethodGolden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders that {@code peft} and {@code adapters} wrote give their logits here, and go out as they came in. */
class OtherLibrariesTest {
    private static final float TOLERANCE = 1e-5f;
    private static final EncoderSource ENCODER = new EncoderSource.Directory("tiny");
    private static final Vocabulary WORDS = Vocabulary.installed();

    @TempDir
    private Path folder;

    static Stream<Arguments> folders() {
        Lora lora = Lora.of(l -> l.rank(4).alpha(6));
        return Stream.of(
                Arguments.of("peft-lora", lora),
                Arguments.of(
                        "peft-lora-everywhere", Lora.of(l -> l.rank(2).alpha(3).projections(Projection.values()))),
                Arguments.of(
                        "peft-lora-top",
                        Lora.of(l ->
                                l.rank(4).alpha(6).projections(Projection.KEY).layers(1))),
                Arguments.of("peft-rslora", Lora.of(l -> l.rank(4).alpha(6).rankStabilised(true))),
                Arguments.of(
                        "peft-dora",
                        Dora.of(d -> d.rank(4)
                                .alpha(6)
                                .projections(Projection.QUERY, Projection.ATTENTION_OUTPUT, Projection.OUTER))),
                Arguments.of("peft-ia3", new Ia3.Options().build()),
                Arguments.of(
                        "hub-houlsby",
                        Bottleneck.of(b -> b.form(Form.HOULSBY).reduction(6).activation(Activation.SWISH))),
                Arguments.of("hub-pfeiffer", Bottleneck.of(b -> b.reduction(4).layers(1))),
                Arguments.of(
                        "hub-parallel",
                        Bottleneck.of(b -> b.form(Form.PARALLEL)
                                .reduction(4)
                                .scaling(4)
                                .initialisation(Initialisation.IDENTITY))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void whatALibraryWroteGivesItsLogitsHere(String name, Adapter expected) throws IOException {
        try (AdapterFile file = read(ExchangeGolden.folder(name), "in.safetensors")) {
            assertThat(SavedAdapters.adapter(file, WORDS)).isEqualTo(expected);
            assertThat(ExchangeGolden.logits(
                            expected, file, ExchangeGolden.encoder().weights()))
                    .usingComparatorWithPrecision(TOLERANCE)
                    .containsExactly(ExchangeGolden.logits(name));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("folders")
    void whatGoesOutHasTheNamesValuesAndOptionsThatCameIn(String name, Adapter adapter) {
        Path out = folder.resolve("out");
        Path again = ExchangeGolden.folder(name);
        try (AdapterFile file = read(again, "in.safetensors")) {
            LibraryFormat format = name.startsWith("peft") ? LibraryFormat.PEFT : LibraryFormat.ADAPTER_HUB;
            OtherLibraries.write(file, MethodGolden.TASK, ExchangeGolden.encoder(), format, out, WORDS);
        }
        assertThat(weights(out)).isEqualTo(weights(again));
        FolderConfig written = FolderConfig.read(out);
        FolderConfig theirs = FolderConfig.read(again);
        boolean peft = written.isPeft();
        ObjectNode options =
                (ObjectNode) (peft ? written.root() : written.root().get("config"));
        options.remove(List.of("target_modules", "feedforward_modules", "modules_to_save", "base_model_name_or_path"));
        options.properties()
                .forEach(option -> assertThat(option.getValue())
                        .as(option.getKey())
                        .isEqualTo((peft ? theirs.root() : theirs.root().get("config")).get(option.getKey())));
    }

    private static Map<String, List<Float>> weights(Path folder) {
        Map<String, List<Float>> values = new TreeMap<>();
        List<String> files = folder.getFileName().toString().startsWith("peft")
                        || Files.exists(folder.resolve("adapter_model.safetensors"))
                ? List.of("adapter_model.safetensors")
                : List.of("adapter.safetensors", "pytorch_adapter.bin");
        TensorNames.read(folder, files).forEach((name, tensor) -> values.put(name + tensor.shape(), floats(tensor)));
        return values;
    }

    private static List<Float> floats(TensorData tensor) {
        float[] values = tensor.toFloats();
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    private AdapterFile read(Path from, String name) {
        Path file = folder.resolve(name);
        OtherLibraries.read(from, MethodGolden.TASK, ENCODER, ExchangeGolden.encoder(), file);
        return AdapterFile.open(file);
    }

    @Test
    void whatIsComputedOtherwiseThereIsRefusedByItsKey() throws IOException {
        assertThatThrownBy(() -> read(changed("peft-lora", "", "use_qalora", true), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("use_qalora is true, expected false");
        assertThatThrownBy(() -> read(changed("peft-lora", "", "bias", "all"), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("bias is \"all\", expected none");
        assertThatThrownBy(() -> read(changed("peft-lora", "", "peft_type", "LOHA"), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("peft_type is \"LOHA\", expected LORA or IA3");
        assertThatThrownBy(() -> read(changed("peft-lora", "", "r", 5), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("does not fit its configuration");
        assertThatThrownBy(() -> read(changed("hub-pfeiffer", "config", "use_gating", true), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("use_gating is true");
        assertThatThrownBy(() -> read(changed("hub-houlsby", "config", "original_ln_before", true), "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("mh_adapter");
        assertThatThrownBy(() -> read(folder, "x"))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("adapter_config.json does not exist");
    }

    private Path changed(String name, String within, String key, Object value) throws IOException {
        Path copy = folder.resolve("changed");
        FileTree.delete(copy);
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(ExchangeGolden.folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        ObjectMapper json = new ObjectMapper();
        ObjectNode root =
                (ObjectNode) json.readTree(copy.resolve(FolderConfig.NAME).toFile());
        (within.isEmpty() ? root : (ObjectNode) root.get(within)).set(key, json.valueToTree(value));
        Files.writeString(copy.resolve(FolderConfig.NAME), root.toString());
        return copy;
    }

    @Test
    void aMethodThatALibraryLacksIsNotWritten() {
        Pal pal = Pal.of(p -> p.size(12).heads(6));
        Path file = folder.resolve("pal.safetensors");
        AdapterFile.write(
                file,
                ExchangeGolden.manifest(pal),
                pal.parameters(MethodGolden.CONFIG, List.of(MethodGolden.TASK)).stream()
                        .map(d -> TensorData.ofFloats(
                                d.name(),
                                new float[Math.toIntExact(d.size())],
                                d.shape().stream().mapToLong(Integer::longValue).toArray()))
                        .toList());
        try (AdapterFile saved = AdapterFile.open(file)) {
            for (LibraryFormat format : LibraryFormat.values()) {
                assertThatThrownBy(() -> OtherLibraries.write(
                                saved,
                                MethodGolden.TASK,
                                ExchangeGolden.encoder(),
                                format,
                                folder.resolve("pal"),
                                WORDS))
                        .isInstanceOf(PaletteException.class)
                        .hasMessageContaining("PALs(12)");
            }
        }
        assertThat(folder.resolve("pal")).doesNotExist();
    }
}
