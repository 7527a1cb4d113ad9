package dev.palette.injava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.palette.adapter.Pal;
import dev.palette.api.TinyModel;
import dev.palette.experiment.Axis;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Space;
import dev.palette.experiment.Template;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.inference.Palette;
import dev.palette.inference.TrainedModel;
import dev.palette.inkotlin.OwnExperimentKt;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.Score;
import dev.palette.runner.ExperimentRunner;
import dev.palette.runner.RunOptions;
import dev.palette.runner.RunSummary;
import dev.palette.spec.PaletteException;
import dev.palette.table.ResultTable;
import dev.palette.table.Table;
import dev.palette.table.TableFormat;
import dev.palette.table.TableSpec;
import dev.palette.task.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kotlin's {@code KotlinApiTest} does, in Java: an adapter, a sampler and a task of one's own, an experiment with them, and its results. */
class JavaApiTest {
    @TempDir
    private Path folder;

    @Test
    void anExperimentWithWordsOfOnesOwnIsDescribedRunAndRead() throws IOException {
        TinyModel model = TinyModel.write(folder);
        RunOptions options = OwnExperiment.inProcess(model);

        RunSummary summary = new ExperimentRunner().run(OwnExperiment.of(model), options);

        assertThat(summary.failures()).isEmpty();
        assertThat(summary.finished()).extracting(RunResult::adapter).containsExactly("gated(3)", "PALs(6, heads 3)");
        assertThat(summary.finished().get(0).scores())
                .extracting(Score::task, Score::metric)
                .containsExactly(tuple("intents", "accuracy"), tuple("cola", "matthews"));

        List<Path> folders = summary.finished().stream()
                .map(result -> options.out().resolve("own").resolve(result.trial()))
                .toList();
        RunSet runs = RunSet.read(folders, OwnExperiment.WORDS);
        List<Table> tables = ResultTable.of("own", runs, TableSpec.of(t -> t.rows(List.of("adapter"))));
        assertThat(TableFormat.MARKDOWN.render(tables, TableFormat.ANY_WIDTH))
                .contains("gated(3)", "PALs(6, heads 3)", "intents");
    }

    @Test
    void aTrainedModelAnswersUntilItIsClosed() throws IOException {
        TinyModel model = TinyModel.write(folder);
        RunOptions options = OwnExperiment.inProcess(model);
        RunSummary summary = new ExperimentRunner().run(OwnExperiment.of(model), options);
        Path run =
                options.out().resolve("own").resolve(summary.finished().get(0).trial());

        try (TrainedModel trained =
                Palette.load(run, o -> o.cacheDir(options.cacheDir()).vocabulary(OwnExperiment.WORDS))) {
            assertThat(trained.tasks()).containsExactly("intents", "cola");
            Prediction answer = trained.task("intents").predict("play the old song");
            assertThat(answer.text()).isIn("music", "light");
            assertThat(answer.probabilities()).containsOnlyKeys("music", "light");
        }
    }

    @Test
    void itIsTheExperimentThatKotlinDescribes() {
        TinyModel model = new TinyModel(folder);

        assertThat(OwnExperiment.of(model).trials())
                .extracting(Trial::id)
                .containsExactlyElementsOf(OwnExperimentKt.ownExperiment(model).trials().stream()
                        .map(Trial::id)
                        .toList());
    }

    @Test
    void aTrialWithWordsOfOnesOwnIsWrittenAndReadAgain() {
        Trial trial = OwnExperiment.of(new TinyModel(folder)).trials().get(0);

        assertThat(trial.json()).contains("{\"size\":3,\"word\":\"gated\"}", "{\"length\":2,\"word\":\"inTurns\"}");
        assertThat(TrialJson.read(trial.json(), OwnExperiment.WORDS)).isEqualTo(trial);
    }

    @Test
    void whatIsOutOfRangeIsRefusedByOnesOwnWordsAsByAnyOther() {
        assertThatThrownBy(() -> new Gated.Options().size(0).build())
                .isInstanceOf(PaletteException.class)
                .hasMessage("size is 0, expected a whole number of at least 1");
    }

    @Test
    void optionsMayVary() {
        Experiment experiment = Experiment.of(
                "sizes",
                e -> e.encoder(new EncoderSource.Directory(folder.toString()))
                        .tasks(new Intents("intents"))
                        .adapter(Axis.choiceOf(List.of(
                                Template.of(Gated.Options::new).vary("size", Gated.Options::size, Axis.choice(2, 4)),
                                Space.of(new Pal(6, 3)))))
                        .samplings(new InTurns(1)));

        assertThat(experiment.adapters()).containsExactly(new Gated(2), new Gated(4), new Pal(6, 3));
    }
}
