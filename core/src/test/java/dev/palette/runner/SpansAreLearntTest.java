package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Experiment;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunResult;
import dev.palette.result.Score;
import dev.palette.sampler.RoundRobin;
import dev.palette.spec.RandomStreams;
import dev.palette.task.squad.Squad;
import dev.palette.testing.TinyEncoder;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.StopSignal;
import dev.palette.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task of spans goes through the whole runner: questions, windows, training, selection, answers, scores. */
class SpansAreLearntTest {
    private static final List<String> ANIMALS = List.of("dog", "cat", "bird", "horse", "child");
    private static final List<String> OTHERS = List.of("the", "a", "sees", "likes", "old", "red", "and", "here");

    @TempDir
    private Path folder;

    @Test
    void aTinyModelLearnsToFindTheOneAnimalOfAPassage() throws IOException {
        TinyEncoder.write(folder.resolve("encoder"));
        write("train-v1.1.json", 200);
        write("dev-v1.1.json", 40);
        Experiment experiment = Experiment.of(
                "spans",
                e -> e.encoder(new EncoderSource.Directory(
                                folder.resolve("encoder").toString()))
                        .tasks(Squad.of(squad -> squad.docStride(6).devQuestions(30)))
                        .adapters(new Shared())
                        .samplings(new RoundRobin())
                        .training(training()));
        RunOptions options = new RunOptions(
                folder.resolve("out"),
                folder,
                folder.resolve("cache"),
                1,
                TinyExperiment.SELDOM,
                false,
                TinyExperiment.IN_PROCESS);

        RunSummary summary = TinyExperiment.run(experiment, options, new StopSignal(), new Recorder());

        RunResult result = summary.finished().get(0);
        assertThat(result.majority()).isEmpty();
        assertThat(result.scores()).extracting(Score::metric).containsExactly("exact_match", "f1");
        assertThat(result.scores())
                .allSatisfy(score -> assertThat(score.value()).isGreaterThan(0.9));
        assertThat(folder.resolve("out/spans").resolve(result.trial()).resolve("predictions"))
                .isDirectoryContaining("glob:**/squad-dev.json")
                .isDirectoryContaining("glob:**/squad-dev-nbest.json");
    }

    private static Training training() {
        return new Training.Options()
                .steps(60)
                .batchSize(16)
                .maxLength(20)
                .optimizer(new Optimizer.AdamWOptions().learningRate(1e-2).build())
                .evaluate(new EvaluationPlan.Options().every(30).build())
                .build();
    }

    /** Passages of 8 to 23 words, one of them an animal. */
    private void write(String file, int questions) throws IOException {
        List<String> paragraphs = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            UniformRandomProvider random = new RandomStreams(5).stream(file, i);
            List<String> words = new ArrayList<>();
            int n = random.nextInt(8, 24);
            int place = random.nextInt(n);
            for (int word = 0; word < n; word++) {
                List<String> from = word == place ? ANIMALS : OTHERS;
                words.add(from.get(random.nextInt(from.size())));
            }
            int start = String.join(" ", words.subList(0, place)).length() + (place == 0 ? 0 : 1);
            paragraphs.add("""
                    {"context": "%s", "qas": [{"id": "%d", "question": "the cat ?", "answers": [{"text": "%s", "answer_start": %d}]}]}""".formatted(String.join(" ", words), i, words.get(place), start));
        }
        Files.writeString(
                folder.resolve(file), "{\"data\": [{\"paragraphs\": [%s]}]}".formatted(String.join(",\n", paragraphs)));
    }
}
