package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.remote.DownloadProgress;
import dev.palette.spec.PaletteException;
import dev.palette.tensor.SafetensorsFile;
import dev.palette.testing.EncoderGolden;
import dev.palette.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories of the families of encoders as transformers writes them, and what becomes of them. */
class EncoderFamilyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "bert_cased, 40, 2, 24, true, vocab.txt, false",
        "minilm, 40, 2, 24, true, vocab.txt, true",
        "roberta, 40, 1, 24, true, tokenizer.json, false",
        "distilbert, 40, 0, 24, false, vocab.txt, true",
        "electra, 40, 2, 12, false, vocab.txt, true",
        "modernbert, 40, 0, 24, false, tokenizer.json, false",
        "deberta, 40, 0, 24, false, tokenizer.json, false",
    })
    void aDirectoryIsReadAsItsConfigurationSays(
            String family,
            int positions,
            int tokenTypes,
            int embeddingSize,
            boolean pooler,
            String vocabulary,
            boolean lowerCase)
            throws IOException {
        EncoderFiles files = EncoderGolden.read(family).resolve(folder);
        assertThat(files.config().positions()).isEqualTo(positions);
        assertThat(files.config().tokenTypes()).isEqualTo(tokenTypes);
        assertThat(files.config().embeddingSize()).isEqualTo(embeddingSize);
        assertThat(files.config().pooler()).isEqualTo(pooler);
        assertThat(files.vocabulary()).hasFileName(vocabulary);
        assertThat(files.lowerCase()).isEqualTo(lowerCase);
    }

    @Test
    void aConvertedDirectoryIsReadLikeTheOneItCameFrom() throws IOException {
        for (String family : EncoderGolden.FAMILIES) {
            EncoderGolden golden = EncoderGolden.read(family);
            EncoderFiles first = golden.resolve(folder.resolve("cache"));
            Path converted = folder.resolve(family);
            ConversionReport report =
                    Conversion.run(new ConversionRequest(golden.directory(), converted, null, null, null, false));
            assertThat(report.missing()).as(family).isEmpty();
            EncoderFiles second = new EncoderStore(folder.resolve("cache"), DownloadProgress.SILENT)
                    .resolve(new EncoderSource.Directory(converted.toString()));
            assertThat(second.config()).as(family).isEqualTo(first.config());
            assertThat(tensors(second)).as(family).isEqualTo(tensors(first));
            assertThat(second.vocabulary()).hasSameTextualContentAs(first.vocabulary());
        }
    }

    private static List<String> tensors(EncoderFiles files) {
        try (SafetensorsFile file = SafetensorsFile.open(files.weights())) {
            return file.names().stream().sorted().toList();
        }
    }

    @Test
    void bytePairsInTwoFilesMeanWhatTheTokenizersOwnFileMeans() throws IOException {
        Path copy = copy("roberta", "config.json", "model.safetensors", "vocab.json", "merges.txt");
        try (Tokenizer two = tokenizer(resolve(copy));
                Tokenizer one = tokenizer(EncoderGolden.read("roberta").resolve(folder.resolve("cache")))) {
            for (String text : List.of("The old dog's <mask> house.", "Café 10:45", "a </s> b", "  x  ")) {
                assertThat(two.features(text, "the cat", 40).inputIds())
                        .isEqualTo(one.features(text, "the cat", 40).inputIds());
            }
        }
    }

    @Test
    void bytePairsNeedTheirMerges() throws IOException {
        Path copy = copy("roberta", "config.json", "model.safetensors", "vocab.json");
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("merges.txt, which goes with vocab.json");
    }

    @Test
    void aSentencePieceModelAloneIsSaidToBeOne() throws IOException {
        Path copy = copy("roberta", "config.json", "model.safetensors");
        Files.writeString(copy.resolve("sentencepiece.bpe.model"), "x");
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("is a SentencePiece model")
                .hasMessageContaining("tokenizer.json");
    }

    @Test
    void robertasPositionsCountFromItsPaddingsId() throws IOException {
        Path copy = copy("roberta", "config.json", "model.safetensors", "tokenizer.json");
        edit(copy.resolve("config.json"), "pad_token_id", 0);
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("pad_token_id is 0, expected \"1\"");
    }

    @Test
    void moreIdsThanEmbeddingsAreRefused() throws IOException {
        Path copy = copy("roberta", "config.json", "model.safetensors", "tokenizer.json");
        edit(copy.resolve("config.json"), "vocab_size", 100);
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("pieces, expected 1 to 100");
    }

    @Test
    void aFamilyThatIsNotComputedIsRefused() throws IOException {
        Path copy = copy("minilm", "config.json", "model.safetensors", "vocab.txt");
        Files.writeString(
                copy.resolve("config.json"),
                Files.readString(copy.resolve("config.json")).replace("\"bert\"", "\"t5\""));
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("unknown model_type 't5'")
                .hasMessageContaining("roberta");
    }

    @ParameterizedTest
    @CsvSource({
        "modernbert, attention_bias, true, 'expected \"false\"'",
        "modernbert, norm_bias, true, 'expected \"false\"'",
        "modernbert, mlp_dropout, 0.1, 'expected 0'",
        "modernbert, hidden_activation, '\"relu\"', 'expected \"gelu\"'",
        "modernbert, rope_scaling, '{\"rope_type\": \"yarn\"}', 'expected \"null\"'",
        "modernbert, num_attention_heads, 8, 'expected an even number'",
        "modernbert, global_rope_theta, null, 'expected a number'",
        "deberta, conv_kernel_size, 3, 'expected 0'",
        "deberta, position_biased_input, true, 'expected \"false\"'",
        "deberta, pos_att_type, '[\"c2p\"]', 'expected [\"c2p\", \"p2c\"]'",
        "deberta, share_att_key, false, 'expected \"true\"'",
        "deberta, norm_rel_ebd, '\"none\"', 'expected \"layer_norm\"'",
        "deberta, embedding_size, 12, 'expected 24'",
        "deberta, position_buckets, -1, 'expected a whole number of at least 2'",
    })
    void layersThatAreNotComputedAreRefused(String family, String key, String value, String expected)
            throws IOException {
        Path copy = copy(family, "config.json", "model.safetensors", "tokenizer.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(copy.resolve("config.json").toFile());
        root.set(key, json.readTree(value));
        json.writeValue(copy.resolve("config.json").toFile(), root);
        assertThatThrownBy(() -> resolve(copy))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(copy.resolve("config.json").toString())
                .hasMessageContaining(expected);
    }

    @Test
    void bothWaysMayBeWrittenInOneWord() throws IOException {
        Path copy = copy("deberta", "config.json", "model.safetensors", "tokenizer.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(copy.resolve("config.json").toFile());
        json.writeValue(copy.resolve("config.json").toFile(), root.put("pos_att_type", "p2c|c2p"));
        assertThat(resolve(copy).config())
                .isEqualTo(EncoderGolden.read("deberta")
                        .resolve(folder.resolve("cache"))
                        .config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"modernbert", "deberta"})
    void layersOfAnotherFormKeepTheirFamilysNamesWhereOthersReadThem(String family) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        Path converted = folder.resolve("converted");
        Conversion.run(new ConversionRequest(golden.directory(), converted, null, null, null, false));
        try (SafetensorsFile written = SafetensorsFile.open(converted.resolve("model.safetensors"));
                SafetensorsFile own = SafetensorsFile.open(golden.directory().resolve("model.safetensors"))) {
            assertThat(written.names()).containsExactlyInAnyOrderElementsOf(own.names());
        }
    }

    @ParameterizedTest
    @CsvSource({"modernbert, ''", "deberta, deberta."})
    void whatIsWrittenOfOurNamesIsThatFamilysAgain(String family, String prefix) throws IOException {
        EncoderGolden golden = EncoderGolden.read(family);
        EncoderFiles files = golden.resolve(folder.resolve("cache"));
        Path again = folder.resolve("again");
        try (SafetensorsFile ours = SafetensorsFile.open(files.weights())) {
            EncoderFolder.write(
                    again,
                    files.config(),
                    files,
                    ours.names().stream().map(ours::tensor).toList());
        }
        try (SafetensorsFile written = SafetensorsFile.open(again.resolve("model.safetensors"));
                SafetensorsFile own = SafetensorsFile.open(golden.directory().resolve("model.safetensors"))) {
            assertThat(written.names())
                    .containsExactlyInAnyOrderElementsOf(
                            own.names().stream().map(name -> prefix + name).toList());
            for (String name : own.names()) {
                assertThat(written.tensor(prefix + name).toFloats())
                        .as(name)
                        .containsExactly(own.tensor(name).toFloats());
            }
        }
        assertThat(resolve(again).config()).isEqualTo(files.config());
    }

    private EncoderFiles resolve(Path directory) {
        return new EncoderStore(folder.resolve("cache"), DownloadProgress.SILENT)
                .resolve(new EncoderSource.Directory(directory.toString()));
    }

    private static Tokenizer tokenizer(EncoderFiles files) {
        return Tokenizer.of(files.vocabulary(), files.lowerCase());
    }

    private static void edit(Path file, String key, int value) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(file.toFile());
        json.writeValue(file.toFile(), root.put(key, value));
    }

    private Path copy(String family, String... names) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Path source = EncoderGolden.read(family).directory();
        for (String name : (Iterable<String>) Stream.of(names)::iterator) {
            Files.copy(source.resolve(name), copy.resolve(name));
        }
        return copy;
    }
}
