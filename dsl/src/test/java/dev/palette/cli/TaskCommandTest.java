package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.adapter.Shared;
import dev.palette.model.MultiTaskModel;
import dev.palette.original.TinyFiles;
import dev.palette.pretrained.BertConfig;
import dev.palette.spec.RandomStreams;
import dev.palette.tensor.SafetensorsWriter;
import dev.palette.tensor.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        encoder(Files.createDirectories(folder.resolve("encoder")));
        Path mood = Files.createDirectories(folder.resolve("data/mood"));
        Files.writeString(
                mood.resolve("train.csv"), "text,mood\nthe dog runs,good\nthe cat sleeps the dog,bad\nthe dog,good\n");
        Files.writeString(mood.resolve("dev.csv"), "text,mood\nthe dog,good\nthe cat,bad\n");
        Path cola = Files.createDirectories(folder.resolve("data/CoLA"));
        Files.writeString(cola.resolve("train.tsv"), "made\t1\t\tthe dog runs\nmade\t0\t\tdog the\n");
    }

    @Test
    void aScriptsTaskIsPrinted() throws IOException {
        Path script = Files.writeString(folder.resolve("own.groovy"), """
                experiment('own') {
                    encoder 'encoder'
                    dataDir 'data'
                    tasks task('mood') { csv 'mood/*.csv'; text 'text'; label 'mood'; trainExamples 2 }
                    adapter shared()
                    sampler proportional()
                    train { steps 4; batchSize 2; maxLength 6 }
                }
                """);

        CommandRun run = CommandRun.of("task", "mood", "--script", script);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                mood (texts)
                train: 3 examples in mood/train.csv, of which 2 are trained on, drawn by the seed
                  labels    good 2 (66.7%), bad 1 (33.3%)
                  pieces    4 least, 5 median, 5 mean, 7 at 95%, 7 at 99%, 7 most; 33.3% longer than 6
                dev: 2 examples in mood/dev.csv
                  labels    bad 1 (50.0%), good 1 (50.0%)
                  pieces    4 least, 4 median, 4 mean, 4 at 95%, 4 at 99%, 4 most; 0.0% longer than 6
                  majority  accuracy 50.00
                  in train  1 stand in train too
                """);
        assertThat(CommandRun.of("task", "mod", "--script", script).err())
                .contains("unknown task 'mod'; did you mean 'mood'? Known: mood.");
    }

    @Test
    void aWordIsPrintedAsJson() throws IOException {
        CommandRun run = CommandRun.of(
                "task",
                "glue.cola",
                "--data",
                folder.resolve("data"),
                "--encoder",
                folder.resolve("encoder"),
                "--max-length",
                5,
                "--json");

        assertThat(run.err()).isEmpty();
        JsonNode card = new ObjectMapper().readTree(run.out());
        assertThat(card.at("/splits/0/split").asText()).isEqualTo("train");
        assertThat(card.at("/splits/0/labels/1").asInt()).isOne();
        assertThat(card.at("/splits/0/pieces/most").asInt()).isEqualTo(5);
        assertThat(card.at("/splits/0/longer").asDouble()).isZero();
    }

    @Test
    void whatIsUnknownOrMissingIsSaid() {
        assertThat(CommandRun.of("task", "glue.colla", "--data", folder.resolve("data"))
                        .err())
                .contains("unknown task 'glue.colla'; did you mean 'glue.cola'?");
        assertThat(CommandRun.of("task", "glue.cola", "--data", folder.resolve("data"), "--max-length", 2)
                        .code())
                .isEqualTo(2);
    }

    private static void encoder(Path encoder) throws IOException {
        new TinyFiles(encoder).config("config.json", ", \"model_type\": \"bert\"");
        BertConfig config = new BertConfig(13, 12, 2, 3, 20, 40, 2, 0.1, 0.1, 1e-12);
        List<TensorData> tensors = MultiTaskModel.parameters(config, new Shared(), Map.of()).stream()
                .map(each -> TensorData.ofFloats(
                        each.name(),
                        new RandomStreams(7).normal(each.name(), Math.toIntExact(each.size()), 0.2),
                        each.shape().stream().mapToLong(Integer::longValue).toArray()))
                .toList();
        SafetensorsWriter.write(encoder.resolve("model.safetensors"), tensors, Map.of());
    }
}
