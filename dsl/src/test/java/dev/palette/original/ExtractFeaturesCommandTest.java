package dev.palette.original;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.session.RunnerBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code extract_features}, for real, with a tiny encoder that {@code run_classifier} saved. */
class ExtractFeaturesCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Invocation invocation = new Invocation();
    private TinyFiles tiny;
    private Path config;
    private Path checkpoint;
    private Path output;

    @BeforeEach
    void anEncoderAndAText() throws IOException {
        tiny = new TinyFiles(folder);
        config = tiny.config("bert_config.json", "");
        Path cola = tiny.cola(folder.resolve("data"), 8, 2);
        List<String> training = List.of(
                "--task_name",
                "cola",
                "--do_train",
                "--data_dir",
                cola.toString(),
                "--bert_config_file",
                config.toString(),
                "--vocab_file",
                tiny.vocabulary.toString(),
                "--output_dir",
                folder.resolve("saved").toString(),
                "--max_seq_length",
                "20",
                "--set",
                "cache.dir=" + folder.resolve("cache"),
                "--set",
                "threads=1");
        assertThat(invocation.run(new ClassifierCommand(new RunnerBackend()), training))
                .as(invocation::err)
                .isZero();
        checkpoint = folder.resolve("saved/pytorch_model.bin");
        output = folder.resolve("features.jsonl");
        Files.writeString(folder.resolve("in.txt"), "The cat runs\nthe good dog ||| the bad cat sleeps\n");
    }

    @Test
    void everyLineHasItsTokensAndTheLayersThatWereNamed() throws IOException {
        assertThat(extract("--layers", "-1,0")).as(invocation::err).isZero();

        JsonNode first = lines().get(0);
        assertThat(first.get("linex_index").asInt()).isZero();
        assertThat(first.get("features").findValuesAsText("token"))
                .containsExactly("[CLS]", "the", "cat", "runs", "[SEP]");
        JsonNode layers = first.get("features").get(0).get("layers");
        assertThat(layers.findValuesAsText("index")).containsExactly("-1", "0");
        assertThat(layers.get(0).get("values")).hasSize(12);
        assertThat(lines().get(1).get("features").findValuesAsText("token"))
                .containsExactly("[CLS]", "the", "good", "dog", "[SEP]", "the", "bad", "cat", "sleeps", "[SEP]");
    }

    @Test
    void layersAreCountedFromBothEnds() throws IOException {
        extract("--layers", "1");
        String named = Files.readString(output).replace("\"index\":1,", "\"index\":-1,");
        extract("--layers", "-1");

        assertThat(output).hasContent(named);
    }

    @Test
    void pairsKeepTheirSegmentsUnlessTheOriginalsWayIsAskedFor() throws IOException {
        extract("--layers", "-1");
        List<JsonNode> kept = lines();
        extract("--layers", "-1", "--compatibility", "pairsWithoutSegments");

        assertThat(lines().get(0)).isEqualTo(kept.get(0));
        assertThat(lines().get(1)).isNotEqualTo(kept.get(1));
    }

    @Test
    void aLayerThatIsNotThereIsNamedAndNothingWritten() {
        assertThat(extract("--layers", "2")).isEqualTo(2);
        assertThat(extract("--layers", "first")).isEqualTo(2);
        assertThat(extract("--max_seq_length", "41")).isEqualTo(2);

        assertThat(invocation.err())
                .contains("there is no layer 2: the encoder has 2, numbered 0 to 1 from below or -1 to -2 from above")
                .contains("--layers is 'first', expected whole numbers with commas between")
                .contains("--max_seq_length is 41, expected 4 to 40");
        assertThat(output).doesNotExist();
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private int extract(String... more) {
        List<String> arguments = List.of(
                "--input_file", folder.resolve("in.txt").toString(),
                "--output_file", output.toString(),
                "--vocab_file", tiny.vocabulary.toString(),
                "--bert_config_file", config.toString(),
                "--init_checkpoint", checkpoint.toString(),
                "--max_seq_length", "20",
                "--set", "cache.dir=" + folder.resolve("cache"),
                "--set", "threads=1");
        return invocation.run(new ExtractFeaturesCommand(), arguments, more);
    }
}
