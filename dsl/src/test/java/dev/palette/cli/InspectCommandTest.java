package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.session.RunnerBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person learns of a model's size without making it. */
class InspectCommandTest {
    private static final String BERT_BASE = """
            "attention_probs_dropout_prob": 0.1, "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "hidden_size": 768,
            "initializer_range": 0.02, "intermediate_size": 3072, "max_position_embeddings": 512, "num_attention_heads": 12,
            "num_hidden_layers": 12, "type_vocab_size": 2, "vocab_size": 30522
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int inspect(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "inspect";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }

    private String config(String keys) throws IOException {
        String text = "{" + keys.replace('\'', '"') + (keys.isEmpty() ? "" : ", ") + BERT_BASE + "}";
        return Files.writeString(folder.resolve("config.json"), text).toString();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            pals                   | 8 | 'mult': true, 'pals': true
            low_rank               | 8 | 'mult': true, 'hidden_size_aug': 100
            houlsby                | 8 | 'houlsby': true, 'hidden_size_aug': 50
            houlsby_plus_pals      | 8 | 'houlsby': true, 'pals': true, 'hidden_size_aug': 156, 'extra_dim': 50
            top_attn               | 8 | 'top': true
            top_bert_layer         | 8 | 'top': true, 'bert_lay_top': true
            lhuc                   | 8 | 'lhuc': true
            pals+lhuc              | 8 | 'mult': true, 'pals': true, 'lhuc': true
            fully_shared           | 8 | ``
            single                 | 1 | ``
            pals_flag_without_mult | 8 | 'pals': true
            """)
    void everyFigureIsTheOriginals(String name, String tasks, String keys) throws IOException {
        Path counts = Path.of("..", "core", "src", "test", "resources", "golden", "param_counts.json");
        JsonNode expected =
                new ObjectMapper().readTree(Files.readAllBytes(counts)).get(name);

        assertThat(inspect(config(keys), "--tasks", tasks, "--json")).isZero();

        JsonNode found = new ObjectMapper().readTree(out.toString()).elements().next();
        expected.fields().forEachRemaining(figure -> {
            if (figure.getValue().isNumber()) {
                assertThat(found.get(figure.getKey()).asDouble())
                        .as(figure.getKey())
                        .isEqualTo(figure.getValue().asDouble());
            }
        });
    }

    @Test
    void aPersonReadsATable() throws IOException {
        assertThat(inspect(config("'mult': true, 'pals': true"))).isZero();
        assertThat(out.toString()).isEqualTo("""
                PALs(204), 8 tasks
                  shared by all tasks       109482240
                  adapters                   14558688   1819836 a task
                  heads                         12304
                  total                     124053232   1.1331 × BERT, without heads 1.1330
                  trained when frozen        14609392   109443840 stay as they are

                """);
    }

    @Test
    void aScriptShowsEveryArchitectureItCompares() throws IOException {
        Path script = Files.writeString(folder.resolve("try.groovy"), """
                experiment('try') {
                    encoder bertBase.uncased
                    tasks glue.cola, glue.sts
                    adapter choice(shared(), separate(), pal { size 204 } + topLayer())
                    sampler proportional()
                }
                """);

        assertThat(inspect(script.toString())).isZero();
        assertThat(out.toString())
                .contains("shared, 2 tasks", "separate, 2 tasks", "PALs(204) + top BERT layer, 2 tasks")
                .contains("2.0000 × BERT");
    }

    @Test
    void aWrongConfigurationEndsWithCode2AndOneMessage() throws IOException {
        assertThat(inspect(config("'hidden_size_agu': 100"))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(folder.resolve("config.json")
                        + ": unknown key 'hidden_size_agu'; did you mean 'hidden_size_aug'? Known: ")
                .hasLineCount(1);
    }

    @Test
    void thereIsAtLeastOneTask() throws IOException {
        assertThat(inspect(config(""), "--tasks", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--tasks is 0, expected a whole number of at least 1");
    }
}
