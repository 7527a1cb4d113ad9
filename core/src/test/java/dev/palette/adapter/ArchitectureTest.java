package dev.palette.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.pretrained.BertConfig;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The original's configuration files. */
class ArchitectureTest {
    private static final String BERT = """
            "vocab_size": 100, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 40,
            "hidden_act": "gelu", "max_position_embeddings": 14, "type_vocab_size": 2, "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.2, "initializer_range": 0.02
            """;

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.json"), text);
    }

    private Path with(String keys) throws IOException {
        return file("{" + keys + (keys.isBlank() ? "" : ", ") + BERT + "}");
    }

    static Stream<Arguments> keysAndAdapters() {
        return Stream.of(
                Arguments.of("", new Shared()),
                Arguments.of("'pals': true", new Shared()),
                Arguments.of("'mult': true, 'pals': true", new Pal(204, 6)),
                Arguments.of("'mult': true, 'pals': true, 'hidden_size_aug': 12", new Pal(12, 6)),
                Arguments.of("'mult': true, 'hidden_size_aug': 100", new LowRank(100)),
                Arguments.of("'mult': true, 'hidden_size_aug': 100, 'extra_dim': 7", new LowRank(7)),
                Arguments.of("'mult': true, 'hidden_size_aug': 100, 'extra_dim': null", new LowRank(100)),
                Arguments.of("'mult': false, 'lhuc': true", new Lhuc()),
                Arguments.of("'mult': true, 'pals': true, 'lhuc': true", new Lhuc(new Pal(204, 6))),
                Arguments.of("'mult': true, 'lhuc': true, 'hidden_size_aug': 9", new Lhuc(new LowRank(9))),
                Arguments.of("'houlsby': true, 'hidden_size_aug': 50", new Houlsby(50)),
                Arguments.of(
                        "'houlsby': true, 'pals': true, 'hidden_size_aug': 156, 'extra_dim': 50",
                        new Houlsby(50, new Pal(156, 6))),
                Arguments.of(
                        "'houlsby': true, 'pals': true, 'hidden_size_aug': 156", new Houlsby(156, new Pal(156, 6))),
                Arguments.of("'top': true", new TopAttention(204, 6, 12)),
                Arguments.of("'top': true, 'bert_lay_top': true", new TopLayer()),
                Arguments.of("'bert_lay_top': true", new Shared()),
                Arguments.of(
                        "'mult': true, 'pals': true, 'top': true, 'hidden_size_aug': 24",
                        new Pal(24, 6).plus(new TopAttention(24, 6, 12))));
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("keysAndAdapters")
    void theKeysMeanWhatTheyMeantInTheOriginal(String keys, Adapter adapter) throws IOException {
        assertThat(Architecture.read(with(keys.replace('\'', '"'))).adapter()).isEqualTo(adapter);
    }

    @Test
    void theEncodersSizesAreBertsOwnKeys() throws IOException {
        Architecture plain = Architecture.read(with(""));
        assertThat(plain)
                .isEqualTo(new Architecture(
                        new BertConfig(100, 24, 2, 4, 40, 14, 2, 0.1, 0.2, 1e-12), new Shared(), OptionalInt.empty()));
        assertThat(Architecture.read(with("\"num_tasks\": 8")).tasks()).hasValue(8);
    }

    @Test
    void whatGoogleAndHuggingFaceAlsoWriteIsNoMistake() throws IOException {
        String more = """
                "directionality": "bidi", "pooler_fc_size": 768, "pooler_type": "first_token_transform", "model_type": "bert",
                "architectures": ["BertForMaskedLM"], "layer_norm_eps": 1e-12, "pad_token_id": 0
                """;
        assertThat(Architecture.read(with(more)).adapter()).isEqualTo(new Shared());
    }

    @Test
    void anotherSizeMayStandInForTheFiles() throws IOException {
        Path pals = with("\"mult\": true, \"pals\": true, \"hidden_size_aug\": 204");
        assertThat(Architecture.read(pals, OptionalInt.of(12)).adapter()).isEqualTo(new Pal(12, 6));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'hidden_size_augg': 12                           | unknown key 'hidden_size_augg'; did you mean 'hidden_size_aug'? Known: attention_probs_dropout_prob,
            'mult': 1                                        | mult is 1, expected true or false
            'mult': true, 'hidden_size_aug': 'big'           | hidden_size_aug is "big", expected a whole number of at least 1
            'mult': true, 'extra_dim': -3                    | extra_dim is -3, expected a whole number of at least 1
            'num_tasks': 2.5                                 | num_tasks is 2.5, expected a whole number of at least 1
            'mult': true, 'pals': true, 'hidden_size_aug': 8 | pal: size 8 is not a multiple of heads 6
            'top': true, 'hidden_size_aug': 100              | topAttention: size 100 is not a multiple of heads 12
            'houlsby': true, 'mult': true                    | houlsby and mult are both true, expected one of them
            'houlsby': true, 'lhuc': true                    | houlsby and lhuc are both true, expected one of them
            'top': true, 'bert_lay_top': true, 'lhuc': true  | bert_lay_top and lhuc are both true, expected one of them
            """)
    void whatIsWrongIsNamedWithItsFile(String keys, String message) throws IOException {
        Path file = with(keys.replace('\'', '"'));
        assertThatThrownBy(() -> Architecture.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith(file + ": " + message);
    }

    @Test
    void anEncoderWhoseHeadsDontDivideItIsAnError() throws IOException {
        Path file = file("{" + BERT.replace("\"num_attention_heads\": 4", "\"num_attention_heads\": 5") + "}");
        assertThatThrownBy(() -> Architecture.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        file
                                + ": hidden_size 24 is not a multiple of num_attention_heads 5: each head takes an equal share");
    }

    @Test
    void anotherInitializerRangeIsAnError() throws IOException {
        Path file = file("{" + BERT.replace("0.02", "0.05") + "}");
        assertThatThrownBy(() -> Architecture.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessage(file + ": initializer_range is 0.05, expected 0.02, with which new parameters start here");
    }

    @Test
    void aMissingFileIsAnError() {
        assertThatThrownBy(() -> Architecture.read(folder.resolve("pals.json")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("pals.json does not exist; expected a BERT configuration in JSON");
    }
}
