package dev.palette.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.result.RunResult;
import dev.palette.result.RunSet;
import dev.palette.result.Score;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.spec.PaletteException;
import dev.palette.task.Average;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import dev.palette.task.squad.Squad;
import dev.palette.train.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Tables of an experiment's results, as they are printed when it was run. */
class ResultTableTest {
    private static final Path NOWHERE = Path.of("nowhere/pals");

    private final Experiment experiment = Examples.experiment();
    private final List<Trial> trials = experiment.trials();

    private String text(Experiment of, List<RunResult> results, TableSpec spec) {
        return TableFormat.TEXT.render(tables(of, results, spec), TableFormat.ANY_WIDTH);
    }

    private List<Table> tables(Experiment of, List<RunResult> results, TableSpec spec) {
        return ResultTable.of(of.name(), RunSet.of(NOWHERE, of.trials(), of.axes(), results), spec);
    }

    private List<RunResult> allFour() {
        return List.of(
                MadeUpRuns.result(trials.get(3), 0.6, 0.9, 0.93), // any order
                MadeUpRuns.result(trials.get(0), 0.5, 0.8, 0.86),
                MadeUpRuns.result(trials.get(1), 0.55, 0.85, 0.9),
                MadeUpRuns.result(trials.get(2), 0.52, 0.82, 0.88));
    }

    @Test
    void aLineIsTheMeanOverSeedsWithTheDeviationOfTheSampleAlignedOnTheDecimalPoint() {
        assertThat(text(experiment, allFour(), TableSpec.DEFAULT)).isEqualTo("""
                pals

                adapter   cola mcc        mrpc acc/F1  average.glue  parameters  seeds
                majority   0.0      68.4    /81.2          37.4               –      –
                shared    51.0±1.4  81.0±1.4/87.0±1.4      67.5±1.4     1.0000×    2/2
                PALs(12)  57.5±3.5  87.5±3.5/91.5±2.1      73.5±3.2     1.1330×    2/2

                Dev sets, values × 100: mean ± sample standard deviation over seeds 1, 2.
                average.glue: the mean of each task's metrics, then over tasks. parameters: as a multiple of the BERT encoder's.
                Checkpoints chosen by average.glue on holdout(0.1) of the training examples.
                """);
    }

    @Test
    void whatIsNotFinishedIsShownAsMissing() {
        List<RunResult> one = List.of(MadeUpRuns.result(trials.get(0), 0.5, 0.8, 0.86));

        assertThat(text(experiment, one, TableSpec.DEFAULT))
                .contains("shared        50.0    80.0/86.0          66.5     1.0000×    1/2\n")
                .contains("PALs(12)         –            –             –           –    0/2\n")
                .contains("Partial: 1 of 4 trials are finished.");
        assertThat(text(experiment, List.of(), TableSpec.DEFAULT)).contains("majority         –            –");
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
        List<RunResult> results = onDev.trials().stream()
                .map(trial -> MadeUpRuns.result(trial, 0.5, 0.8, 0.86))
                .toList();

        assertThat(TableFormat.MARKDOWN.render(tables(onDev, results, TableSpec.DEFAULT), TableFormat.ANY_WIDTH))
                .isEqualTo("""
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
    void aTaskWithoutAMajorityHasNoneInTheTableAndPartOfADevSetIsSaidToBeOne() {
        Experiment answers = Experiment.of(
                "answers",
                e -> e.encoder(experiment.encoder())
                        .tasks(GlueTasks.of(GlueLayout.COLA), Squad.of(squad -> squad.devQuestions(1_000)))
                        .adapters(new Shared())
                        .samplings(new RoundRobin()));
        RunResult result = MadeUpRuns.result(
                answers.trials().get(0),
                List.of(
                        new Score("cola", "dev", "matthews", 0.5),
                        new Score("squad", "dev", "exact_match", 0.7),
                        new Score("squad", "dev", "f1", 0.8)));

        assertThat(text(answers, List.of(result), TableSpec.DEFAULT))
                .contains("adapter   cola mcc  squad EM/F1  average.glue  parameters\n")
                .contains("majority       0.0            –             –           –\n")
                .contains("shared        50.0    70.0/80.0          62.5     1.0000×\n")
                .contains("squad: on the first 1,000 questions of dev-v1.1.json alone.");
    }

    @Test
    void mnlisTwoDevSetsStandInOneColumn() {
        Experiment mnli = Experiment.of(
                "mnli",
                e -> e.encoder(experiment.encoder())
                        .tasks(GlueTasks.of(GlueLayout.MNLI))
                        .adapters(new Shared())
                        .samplings(new RoundRobin()));
        RunResult result = MadeUpRuns.result(
                mnli.trials().get(0),
                List.of(
                        new Score("mnli", "dev", "accuracy", 0.84),
                        new Score("mnli", "dev-mismatched", "accuracy", 0.834)));

        assertThat(text(mnli, List.of(result), TableSpec.DEFAULT)).contains("mnli m/mm", "84.0/83.4");
    }

    @Test
    void energyIsShownWhereTheDevicesTold() {
        List<RunResult> results = new ArrayList<>(allFour());
        results.replaceAll(result ->
                result.adapter().equals("shared") ? result.drawing(OptionalDouble.of(3_600 * result.seed())) : result);
        TableSpec spec = new TableSpec.Options().columns(List.of("energy")).build();

        assertThat(text(experiment, results, spec))
                .contains("shared    1.50 Wh")
                .containsPattern("PALs\\(12\\) +–");
    }

    @Test
    void columnsAreWhatWasAskedFor() {
        TableSpec spec = new TableSpec.Options()
                .columns(List.of("mrpc.f1", "average.paper", "time", "memory"))
                .cells(CellStyle.MEAN)
                .mark(EnumSet.of(Mark.BEST))
                .build();

        assertThat(text(experiment, allFour(), spec)).startsWith("""
                pals

                adapter   mrpc F1  average.paper     time   memory  seeds
                majority    81.2           40.6         –        –      –
                shared      87.0           69.0   0:01:02  2.00 GB    2/2
                PALs(12)    91.5•          74.5•  0:01:02  2.00 GB    2/2
                """);
    }

    @Test
    void aTableThatIsWiderThanTheTerminalIsContinuedWithTheNamesOfItsLines() {
        String narrow = TableFormat.TEXT.render(tables(experiment, allFour(), TableSpec.DEFAULT), 50);

        assertThat(narrow.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(50));
        assertThat(narrow.lines().filter(line -> line.startsWith("PALs(12)"))).hasSize(2);
        assertThat(narrow).contains("51.0±1.4", "73.5±3.2", "1.1330×");
    }

    @Test
    void aMetricThatNobodyLogsNamesTheKnownOnes() {
        TableSpec spec =
                new TableSpec.Options().columns(List.of("cola.mathews")).build();

        assertThatThrownBy(() -> tables(experiment, allFour(), spec))
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll("'cola.mathews'", "did you mean 'cola.matthews'?", "mrpc.f1", "average.glue");
    }

    @Test
    void anAxisThatThereIsNotNamesThoseThatThereAre() {
        TableSpec spec = new TableSpec.Options().rows(List.of("adaptor")).build();

        assertThatThrownBy(() -> tables(experiment, allFour(), spec))
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll("'adaptor'", "did you mean 'adapter'?");
    }

    @Test
    void latexNeedsBooktabsAloneAndSetsItsLettersRight() {
        TableSpec spec = new TableSpec.Options().mark(EnumSet.of(Mark.BEST)).build();

        assertThat(TableFormat.LATEX.render(tables(experiment, allFour(), spec), TableFormat.ANY_WIDTH))
                .contains(
                        "\\begin{tabular}{lrrrrr}",
                        "\\toprule",
                        "PALs(12) & \\textbf{57.5$\\pm$3.5} & \\textbf{87.5$\\pm$3.5/91.5$\\pm$2.1}",
                        "1.1330$\\times$ & 2/2 \\\\",
                        "\\bottomrule");
    }

    @Test
    void csvHasFiguresInFullAsFractions() {
        TableSpec spec =
                new TableSpec.Options().columns(List.of("cola", "parameters")).build();

        assertThat(TableFormat.CSV.render(tables(experiment, allFour(), spec), TableFormat.ANY_WIDTH))
                .startsWith(
                        "group,adapter,cola.matthews,cola.matthews.deviation,cola.matthews.n,parameters,parameters.n,seeds\n")
                .contains("baseline,majority,0.0,,,,,\n")
                .contains("results,shared,0.51,0.01414213562373")
                .contains(",2,1.1329776226719512,2,2/2\n");
    }

    @Test
    void jsonHasTheWholeModel() {
        assertThat(TableFormat.JSON.render(tables(experiment, allFour(), TableSpec.DEFAULT), TableFormat.ANY_WIDTH))
                .contains(
                        "\"name\" : \"results\"",
                        "\"heading\" : \"mrpc acc/F1\"",
                        "\"cola.matthews\" : {",
                        "\"standardDeviation\" : 0.0141421356237309",
                        "\"n\" : 2");
    }
}
