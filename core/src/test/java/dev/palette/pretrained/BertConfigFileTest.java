package dev.palette.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BertConfigFileTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(read(BertConfigFile.write(TinyRelease.CONFIG))).isEqualTo(TinyRelease.CONFIG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vocab_size",
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size",
                "max_position_embeddings",
                "type_vocab_size"
            })
    void aMissingSizeIsNamed(String key) {
        String text = BertConfigFile.write(TinyRelease.CONFIG).replace('"' + key + '"', "\"other\"");
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("config.json: " + key + " is missing");
    }

    @Test
    void whatOlderFilesLeaveOutHasItsUsualValue() throws IOException {
        BertConfig config = read("""
                {"vocab_size": 7, "hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 2,
                 "intermediate_size": 6, "max_position_embeddings": 5, "type_vocab_size": 2}""");
        assertThat(config).isEqualTo(TinyRelease.CONFIG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"gelu\" | \"relu\" | hidden_act is \"relu\", expected \"gelu\"",
                "\"bert\" | \"albert\" | unknown model_type 'albert'; did you mean 'bert'?",
                "\"vocab_size\" : 7 | \"vocab_size\" : \"7\" | vocab_size is \"7\", expected a whole number",
                "\"vocab_size\" : 7 | \"vocab_size\" : 7.5 | vocab_size is 7.5, expected a whole number",
                "\"vocab_size\" : 7 | \"vocab_size\" : 99999999999 | vocab_size is 99999999999, expected a whole number",
                "\"hidden_size\" : 4 | \"hidden_size\" : 5 | hidden_size 5 is not a multiple of num_attention_heads 2",
                "\"hidden_size\" : 4 | \"hidden_size\" : 0 | hidden_size is 0",
                "\"hidden_dropout_prob\" : 0.1 | \"hidden_dropout_prob\" : true | hidden_dropout_prob is true, expected a number",
                "} | ] | is no valid JSON",
            })
    void whatCannotBeIsRefusedWithFileAndKey(String from, String to, String finding) {
        String text = BertConfigFile.write(TinyRelease.CONFIG).replace(from, to);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(folder.resolve("config.json").toString())
                .hasMessageContaining(finding);
    }

    private BertConfig read(String text) throws IOException {
        return BertConfigFile.read(Files.writeString(folder.resolve("config.json"), text));
    }
}
