package dev.palette.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palette.experiment.Trial;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.inference.TrainedTask;
import dev.palette.spec.PaletteException;
import dev.palette.task.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run learnt, asked from a program. */
class TrainedModelTest {
    private static final int PAIR_COLUMN = 3;
    private static final int THREADS = 4;

    @TempDir
    private static Path folder;

    private static TinyExperiment tiny;
    private static Path run;
    private static TrainedModel model;

    @BeforeAll
    static void aFinishedRun() throws IOException {
        tiny = TinyExperiment.write(folder);
        Trial trial = tiny.experiment().trials().get(1);
        tiny.run(tiny.experiment(), "runs", new Recorder());
        run = tiny.directory("runs", trial).folder();
        model = Palette.load(run, options -> options.cacheDir(folder.resolve("cache")));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void itAnswersWhatTheRunWroteDownForItsDevSet() throws IOException {
        List<List<String>> pairs = new ArrayList<>();
        for (String line :
                Files.readAllLines(tiny.data().resolve("MRPC/dev.tsv")).subList(1, 11)) {
            String[] columns = line.split("\t", -1);
            pairs.add(List.of(columns[PAIR_COLUMN], columns[PAIR_COLUMN + 1]));
        }
        List<String> written = Files.readAllLines(run.resolve("predictions/mrpc-dev.tsv"));
        List<String> header = List.of(written.get(0).split("\t", -1));
        int first = header.indexOf("logit_0");
        int second = header.indexOf("logit_1");

        List<Prediction> answers = model.task("mrpc").predictAll(pairs);

        for (int i = 0; i < pairs.size(); i++) {
            String[] columns = written.get(i + 1).split("\t", -1);
            double ratio = Math.exp(Double.parseDouble(columns[second]) - Double.parseDouble(columns[first]));
            assertThat(answers.get(i).text()).isEqualTo(columns[1]);
            assertThat(answers.get(i).probabilities()).containsOnlyKeys("0", "1");
            assertThat(answers.get(i).probabilities().get("1")
                            / answers.get(i).probabilities().get("0"))
                    .isCloseTo(ratio, within(1e-5 * ratio));
        }
    }

    @Test
    void oneTextATextAndAPairAPairIsWhatTasksAreAsked() {
        assertThat(model.tasks()).containsExactly("cola", "mrpc", "sts");
        assertThat(model.task("cola").predict("the dog sees .").text()).isIn("0", "1");
        assertThat(model.task("sts").predict("the dog .", "the cat .").probabilities())
                .isEmpty();
        assertThat(Double.parseDouble(
                        model.task("sts").predict("the dog .", "the cat .").text()))
                .isBetween(0.0, 5.0);
        assertThatThrownBy(() -> model.task("mrpc").predict("the dog ."))
                .isInstanceOf(PaletteException.class)
                .hasMessage("task 'mrpc' is asked about pairs of texts, and was given 1 texts");
        assertThat(model.task("mrpc").predictAll(List.of())).isEmpty();
    }

    @Test
    void aTaskItWasNotTrainedOnIsNamed() {
        assertThatThrownBy(() -> model.task("mrcp"))
                .isInstanceOf(PaletteException.class)
                .hasMessage("unknown task 'mrcp'; did you mean 'mrpc'? Known: cola, mrpc, sts.");
    }

    @Test
    void severalThreadsGetTheAnswersOfOne() throws Exception {
        TrainedTask task = model.task("cola");
        List<String> texts = List.of("the dog sees .", "dog the .", "a red cat hears the bird .", "tree .");
        List<Prediction> expected = texts.stream().map(task::predict).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Prediction>> questions = new ArrayList<>();
            for (int i = 0; i < THREADS * texts.size(); i++) {
                String text = texts.get(i % texts.size());
                questions.add(() -> task.predict(text));
            }
            int i = 0;
            for (Future<Prediction> answer : threads.invokeAll(questions)) {
                assertThat(answer.get()).isEqualTo(expected.get(i++ % texts.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsClosedAnswersNoMore() {
        TrainedModel other = Palette.load(run, options -> options.cacheDir(folder.resolve("cache")));
        TrainedTask task = other.task("cola");
        other.close();
        other.close(); // once more does no harm

        assertThatThrownBy(() -> task.predict("the dog .")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFolderThatIsNoFinishedRunIsRefused() {
        assertThatThrownBy(() -> Palette.load(folder.resolve("data"))).isInstanceOf(PaletteException.class);
    }
}
