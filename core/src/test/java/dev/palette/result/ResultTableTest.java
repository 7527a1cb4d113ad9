package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palette.adapter.Shared;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.StrictJson;
import dev.palette.experiment.Trial;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.task.Average;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.squad.Squad;
import dev.palette.train.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
    private final Experiment experiment = Examples.experiment();
    private final List<Trial> trials = experiment.trials();

    @Test
    void aLineIsTheMeanOverSeedsWithTheDeviationOfTheSample() {
        ResultTable table = ResultTable.of(
                experiment,
                List.of(
                        Results.of(trials.get(3), 0.6, 0.9, 0.93), // any order
                        Results.of(trials.get(0), 0.5, 0.8, 0.86),
                        Results.of(trials.get(1), 0.55, 0.85, 0.9),
                        Results.of(trials.get(2), 0.52, 0.82, 0.88)));

        assertThat(table.text()).isEqualTo("""
                pals

                adapter   cola mcc        mrpc acc/F1  average.glue  parameters  seeds
                majority       0.0          68.4/81.2          37.4           –      –
                shared    51.0±1.4  81.0±1.4/87.0±1.4      67.5±1.4     1.0000×    2/2
                PALs(12)  57.5±3.5  87.5±3.5/91.5±2.1      73.5±3.2     1.1330×    2/2

                Dev sets, values × 100: mean ± sample standard deviation over seeds 1, 2.
                average.glue: the mean of each task's metrics, then over tasks. parameters: as a multiple of the BERT encoder's.
                Checkpoints chosen by average.glue on holdout(0.1) of the training examples.
                """);
    }

    @Test
    void whatIsNotFinishedIsShownAsMissing() {
        ResultTable table = ResultTable.of(experiment, List.of(Results.of(trials.get(0), 0.5, 0.8, 0.86)));

        assertThat(table.text()).isEqualTo("""
                pals

                adapter   cola mcc  mrpc acc/F1  average.glue  parameters  seeds
                majority       0.0    68.4/81.2          37.4           –      –
                shared        50.0    80.0/86.0          66.5     1.0000×    1/2
                PALs(12)         –            –             –           –    0/2

                Dev sets, values × 100: mean ± sample standard deviation over seeds 1, 2.
                average.glue: the mean of each task's metrics, then over tasks. parameters: as a multiple of the BERT encoder's.
                Checkpoints chosen by average.glue on holdout(0.1) of the training examples.
                Partial: 1 of 4 trials are finished.
                """);
    }

    @Test
    void aTaskWithoutAMajorityHasNoneInTheTableAndPartOfADevSetIsSaidToBeOne() {
        Experiment answers = Experiment.of(
                "answers",
                e -> e.encoder(experiment.encoder())
                        .tasks(GlueTasks.of(GlueLayout.COLA), Squad.of(squad -> squad.devQuestions(1_000)))
                        .adapters(new Shared())
                        .samplings(new RoundRobin()));
        Trial trial = answers.trials().get(0);
        RunResult result = RunResult.of(
                trial,
                List.of(
                        new Score("cola", "dev", "matthews", 0.5),
                        new Score("squad", "dev", "exact_match", 0.7),
                        new Score("squad", "dev", "f1", 0.8)),
                List.of(new Score("cola", "dev", "matthews", 0)),
                new Parameters(100, 100),
                50,
                List.of(),
                1,
                1);

        assertThat(ResultTable.of(answers, List.of(result)).text()).isEqualTo("""
                answers

                adapter   cola mcc  squad EM/F1  average.glue  parameters
                majority       0.0            –             –           –
                shared        50.0    70.0/80.0          62.5     1.0000×

                Dev sets, values × 100, seed 1.
                average.glue: the mean of each task's metrics, then over tasks. parameters: as a multiple of the BERT encoder's.
                Checkpoints chosen by average.glue on holdout(0.1) of the training examples.
                squad: on the first 1,000 questions of dev-v1.1.json alone.
                """);
    }

    @Test
    void withoutAnyResultTheTableIsEmpty() {
        assertThat(ResultTable.of(experiment, List.of()).text()).isEqualTo("""
                pals

                adapter   cola mcc  mrpc acc/F1  average.glue  parameters  seeds
                majority         –            –             –           –      –
                shared           –            –             –           –    0/2
                PALs(12)         –            –             –           –    0/2

                Dev sets, values × 100: mean ± sample standard deviation over seeds 1, 2.
                average.glue: the mean of each task's metrics, then over tasks. parameters: as a multiple of the BERT encoder's.
                Checkpoints chosen by average.glue on holdout(0.1) of the training examples.
                Partial: 0 of 4 trials are finished.
                """);
    }

    @Test
    void aTableThatSelectedOnWhatItReportsSaysSo() {
        Experiment onDev = Experiment.of(
                "pals",
                e -> e.encoder(experiment.encoder())
                        .tasks(experiment.tasks())
                        .adapters(experiment.adapters())
                        .samplings(new RoundRobin(), new SquareRoot())
                        .training(t -> t.evaluate(experiment
                                .training()
                                .evaluate()
                                .toBlock()
                                .selectOn(new Selection.Dev())
                                .keepBest(Average.PAPER)
                                .build())));
        ResultTable table = ResultTable.of(
                onDev,
                onDev.trials().stream()
                        .map(trial -> Results.of(trial, 0.5, 0.8, 0.86))
                        .toList());

        assertThat(table.markdown()).isEqualTo("""
                # pals

                | adapter | sampler | cola mcc | mrpc acc/F1 | average.paper | parameters |
                | --- | --- | ---: | ---: | ---: | ---: |
                | majority | – | 0.0 | 68.4/81.2 | 40.6 | – |
                | shared | roundRobin | 50.0 | 80.0/86.0 | 68.0 | 1.0000× |
                | shared | squareRoot | 50.0 | 80.0/86.0 | 68.0 | 1.0000× |
                | PALs(12) | roundRobin | 50.0 | 80.0/86.0 | 68.0 | 1.1330× |
                | PALs(12) | squareRoot | 50.0 | 80.0/86.0 | 68.0 | 1.1330× |

                - Dev sets, values × 100, seed 1.
                - average.paper: the mean of the paper's columns, one metric each. parameters: as a multiple of the BERT encoder's.
                - Checkpoints chosen by average.paper on dev, the very examples that are reported here: expect less on new ones.
                """);
    }

    @Test
    void resultsOfOtherTrialsAreLeftOut() {
        Experiment other = Experiment.of(
                "pals",
                e -> e.encoder(experiment.encoder())
                        .tasks(experiment.tasks())
                        .adapters(experiment.adapters())
                        .samplings(experiment.samplings()));

        assertThat(ResultTable.of(experiment, List.of(Results.of(other.trials().get(0), 0.1)))
                        .results())
                .isEmpty();
    }

    @Test
    void theFilesHoldFractions(@TempDir Path folder) throws IOException {
        ResultTable table = ResultTable.of(
                experiment,
                List.of(Results.of(trials.get(1), 0.5, 0.75, 0.875), Results.of(trials.get(3), 0.25, 0.5, 0.625)));

        ResultFiles.write(table, folder);

        assertThat(folder.resolve("results.md")).hasContent(table.markdown());
        assertThat(folder.resolve("results.csv")).hasContent("""
                adapter,sampler,seed,task,split,metric,value
                majority,,,cola,dev,matthews,0.0
                majority,,,mrpc,dev,accuracy,0.6838
                majority,,,mrpc,dev,f1,0.8122
                PALs(12),annealed,1,cola,dev,matthews,0.5
                PALs(12),annealed,1,mrpc,dev,accuracy,0.75
                PALs(12),annealed,1,mrpc,dev,f1,0.875
                PALs(12),annealed,2,cola,dev,matthews,0.25
                PALs(12),annealed,2,mrpc,dev,accuracy,0.5
                PALs(12),annealed,2,mrpc,dev,f1,0.625
                """);
        JsonNode json =
                StrictJson.mapper().readTree(folder.resolve("results.json").toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "format",
                        "experiment",
                        "selectedOn",
                        "selectedOnReported",
                        "rows",
                        "majority",
                        "aggregates",
                        "averages",
                        "parameters");
        assertThat(json.at("/rows")).hasSize(6);
        assertThat(json.at("/rows/1")).hasToString("""
                {"adapter":"PALs(12)","sampler":"annealed","seed":1,"task":"mrpc","split":"dev","metric":"accuracy","value":0.75}""");
        assertThat(json.at("/majority/1")).hasToString("""
                {"task":"mrpc","split":"dev","metric":"accuracy","value":0.6838}""");
        assertThat(json.at("/aggregates/1")).hasToString("""
                {"adapter":"PALs(12)","sampler":"annealed","task":"mrpc","split":"dev","metric":"accuracy",\
                "mean":0.625,"standardDeviation":0.1767766952966369,"seeds":2,"seedsAsked":2}""");
        assertThat(json.at("/averages/0")).hasToString("""
                {"adapter":"PALs(12)","sampler":"annealed","formula":"average.glue",\
                "mean":0.53125,"standardDeviation":0.1767766952966369,"seeds":2,"seedsAsked":2}""");
        assertThat(json.at("/parameters/0")).hasToString("""
                {"adapter":"PALs(12)","sampler":"annealed","total":124040928,"encoder":109482240,\
                "timesEncoder":1.1329776226719512}""");
    }
}
