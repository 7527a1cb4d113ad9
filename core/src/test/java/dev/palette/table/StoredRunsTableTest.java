package dev.palette.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Shared;
import dev.palette.experiment.Axis;
import dev.palette.experiment.Examples;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.Trial;
import dev.palette.pretrained.EncoderSource;
import dev.palette.result.RunDirectory;
import dev.palette.result.RunSet;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of folders of runs: mixed, partial and damaged ones, comparisons, published results. */
class StoredRunsTableTest {
    @TempDir
    private Path out;

    private MadeUpRuns runs;

    @BeforeEach
    void folder() {
        runs = new MadeUpRuns(out);
    }

    private static Experiment experiment(long seeds) {
        return Experiment.of(
                "pals",
                e -> e.encoder(Examples.experiment().encoder())
                        .tasks(Examples.experiment().tasks())
                        .adapters(Examples.experiment().adapters())
                        .samplings(new RoundRobin())
                        .seeds(LongStream.rangeClosed(1, seeds).toArray()));
    }

    private String text(TableSpec spec) {
        return TableFormat.TEXT.render(ResultTable.of("runs", MadeUpRuns.read(out), spec), TableFormat.ANY_WIDTH);
    }

    private static TableSpec comparedWith(String value) {
        return new TableSpec.Options()
                .compare(new Baseline.Value("adapter", value))
                .margin(2)
                .build();
    }

    @Test
    void runsOfSeveralExperimentsAreNotMixedUnlessAskedTo() {
        Trial trial = experiment(1).trials().get(0);
        runs.finish("first", trial, 0.5);
        runs.finish("second", trial, 0.7);

        assertThatThrownBy(() -> text(TableSpec.DEFAULT))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "found runs of 2 experiments: first (1), second (1); name the folder of one, or let rows have experiment, as in --rows experiment,adapter");
        assertThat(text(new TableSpec.Options()
                        .rows(List.of("experiment", "adapter"))
                        .build()))
                .contains("first       shared", "second      shared");
    }

    @Test
    void aModelOfTheHubIsShownWithTheDigitsThatGitShows() {
        List<EncoderSource> encoders = List.of(
                new EncoderSource.Released("bertBase.uncased"),
                EncoderSource.hub("org/tiny", "0123456789abcdef0123456789abcdef01234567"));
        Experiment both = Experiment.of("pals", e -> {
            Examples.describe(e);
            e.encoder(Axis.choice(encoders)).adapters(new Shared()).seeds(1);
        });
        both.trials().forEach(trial -> runs.finish("pals", trial, 0.5));

        assertThat(text(TableSpec.DEFAULT)).contains("encoder", "bertBase.uncased", "org/tiny@0123456 ");
    }

    @Test
    void runsThatDifferInMoreThanTheTableShowsAreNotAveraged() {
        Experiment both = Experiment.of(
                "pals",
                e -> e.encoder(Examples.experiment().encoder())
                        .tasks(Examples.experiment().tasks())
                        .adapters(Examples.experiment().adapters())
                        .samplings(new RoundRobin(), new SquareRoot()));
        both.trials().forEach(trial -> runs.finish("pals", trial, trial.sampling() instanceof RoundRobin ? 0.4 : 0.6));
        TableSpec.Options byAdapter = new TableSpec.Options().rows(List.of("adapter"));

        assertThatThrownBy(() -> text(byAdapter.build()))
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll("differ in sampling: ", "--over sampler", "--choose sampler");
        assertThat(text(byAdapter.over(List.of("sampler")).build()))
                .contains("shared        50.0", "Each line is a mean over sampler as well as over seeds.");
    }

    @Test
    void theBestOnTheSelectionSplitIsShownWhateverItScoresOnTheReportedOne() throws IOException {
        Experiment both = Experiment.of(
                "pals",
                e -> e.encoder(Examples.experiment().encoder())
                        .tasks(Examples.experiment().tasks())
                        .adapters(new Shared())
                        .samplings(new RoundRobin(), new SquareRoot()));
        for (Trial trial : both.trials()) {
            boolean first = trial.sampling() instanceof RoundRobin;
            RunDirectory run = runs.finish("pals", trial, first ? 0.4 : 0.6);
            Files.writeString(
                    run.metrics(),
                    "{\"step\":40,\"selection\":{\"cola\":{\"matthews\":%1$s},\"mrpc\":{\"accuracy\":%1$s,\"f1\":%1$s}},\"average\":%1$s,\"best\":true}\n"
                            .formatted(first ? 0.9 : 0.3));
        }
        TableSpec spec = new TableSpec.Options()
                .rows(List.of("adapter"))
                .choose(List.of("sampler"))
                .build();

        assertThat(text(spec)).contains("shared    roundRobin      40.0").doesNotContain("60.0");
    }

    @Test
    void whatIsNotFinishedOrDamagedIsSaid() throws IOException {
        List<Trial> trials = experiment(2).trials();
        runs.finish("pals", trials.get(0), 0.5);
        runs.begin("pals", trials.get(1));
        RunDirectory damaged = runs.finish("pals", trials.get(2), 0.6);
        Path result = damaged.folder().resolve("result.json");
        Files.writeString(result, Files.readString(result).replace("0.6", "0.9"));
        Path half = runs.finish("pals", trials.get(3), 0.6).folder();
        Files.delete(half.resolve("trial.json"));

        assertThat(text(TableSpec.DEFAULT))
                .contains("Partial: 1 of 2 trials are finished.", "2 damaged runs are not in the table: ")
                .contains(result + " is damaged", half.resolve("trial.json") + " is damaged: it is missing")
                .doesNotContain("90.0");
    }

    @Test
    void runsScoredOnDifferentExamplesAreRefused() {
        List<Trial> trials = experiment(2).trials();
        runs.finish("pals", trials.get(0), 0.5);
        runs.begin("pals", trials.get(1), "ffff").finish(MadeUpRuns.result(trials.get(1), 0.5, 0.5, 0.5));

        assertThatThrownBy(() -> text(TableSpec.DEFAULT))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining("different examples of cola/dev");
    }

    @Test
    void aDifferenceThatSeedsAndExamplesShowIsMarkedWithItsIntervalFirst() throws IOException {
        for (Trial trial : experiment(8).trials()) {
            runs.predict("pals", trial, trial.adapter().label().equals("shared") ? 0.6 : 0.95);
        }

        String text = text(comparedWith("shared"));

        assertThat(text)
                .containsPattern("PALs\\(12\\) +\\d\\d\\.\\d±\\d\\.\\d\\*")
                .contains("* other than its baseline, p < 0.05 after Holm's correction")
                .containsPattern(
                        "PALs\\(12\\)  shared   cola mcc +\\+\\d\\d\\.\\d \\[\\+\\d\\d\\.\\d, \\+\\d\\d\\.\\d\\] .*better")
                .contains(
                        "multi-bootstrap over seeds and examples, 5,000 replicates (Sellam et al. 2022); seeds paired.",
                        "corrected by Holm for the 4 comparisons above",
                        "could show: the smallest difference");
    }

    @Test
    void tooFewSeedsAreSaidInsteadOfAStar() throws IOException {
        for (Trial trial : experiment(5).trials()) {
            runs.predict("pals", trial, trial.adapter().label().equals("shared") ? 0.5 : 0.99);
        }

        assertThat(text(comparedWith("shared")))
                .contains("too few seeds: 5, at least 6", "Below 6 seeds no difference is claimed")
                .doesNotContain("better", "* other than its baseline");
    }

    @Test
    void withoutPredictionsSeedsAloneAreCompared() {
        for (Trial trial : experiment(6).trials()) {
            boolean shared = trial.adapter().label().equals("shared");
            runs.finish("pals", trial, (shared ? 0.5 : 0.6) + 0.01 * (trial.seed() % (shared ? 3 : 2)));
        }

        assertThat(text(comparedWith("shared")))
                .contains("difference [95 %]: over seeds alone, by Student's t", "better");
    }

    @Test
    void predictionsThatDoNotGiveTheResultsScoresAreNotUsed() throws IOException {
        List<Trial> trials = experiment(6).trials();
        for (Trial trial : trials) {
            runs.predict("pals", trial, trial.adapter().label().equals("shared") ? 0.6 : 0.8);
        }
        Path one = RunDirectory.of(out, "pals", trials.get(0)).predictions().resolve("cola-dev.tsv");
        Files.writeString(one, Files.readString(one).replaceFirst("\n0\t[01]", "\n0\t" + 7));

        assertThat(text(comparedWith("shared"))).contains("Where predictions are missing, over seeds alone");
    }

    @Test
    void aBaselineThatThereIsNotNamesThoseThatThereAre() {
        runs.finish("pals", experiment(1).trials().get(0), 0.5);
        runs.finish("pals", experiment(1).trials().get(1), 0.5);

        assertThatThrownBy(() -> text(comparedWith("share")))
                .isInstanceOf(PaletteException.class)
                .hasMessageContainingAll("'share'", "did you mean 'shared'?", "PALs(12)");
    }

    @Test
    void publishedResultsStandBesideAndAreComparedOnlyWhereTheExamplesAreTheSame() throws IOException {
        experiment(1).trials().forEach(trial -> runs.finish("pals", trial, 0.5));
        Path file = Files.writeString(out.resolve("reference.csv"), """
                # name: made.up
                # source: Somebody (2020)
                # split: GLUE's dev sets
                model,parameters,adapter,task,split,version,metric,percent,verified,note
                Theirs,1.00,shared,cola,dev,GLUE v1,matthews,48.5,yes,
                Theirs,1.00,shared,mrpc,test,GLUE v1,accuracy,70.0,yes,
                Theirs,1.00,shared,mrpc,test,GLUE v1,f1,80.0,no,
                Other,2.00,,cola,dev,GLUE v0,matthews,10.0,yes,
                """);
        TableSpec spec = new TableSpec.Options()
                .beside(List.of(ReferenceFile.read(file)))
                .build();

        assertThat(text(spec))
                .containsPattern("Theirs¹ +48\\.5 +70\\.0/80\\.0² +– +1\\.0000×")
                .containsPattern("Other³ +10\\.0 +– +– +2\\.0000×")
                .contains(
                        "¹ Somebody (2020); GLUE's dev sets\n",
                        "² not verified: transcribed",
                        "³ Somebody (2020); GLUE's dev sets: other examples than above, so that no differences are printed")
                .containsPattern("shared  made\\.up: Theirs  cola mcc  50\\.0 +48\\.5 +\\+1\\.5")
                .doesNotContain("Theirs  mrpc");
    }

    @Test
    void aReferenceFileThatIsNoneNamesTheLine() throws IOException {
        Path file = Files.writeString(out.resolve("reference.csv"), """
                # name: made.up
                # source: Somebody (2020)
                # split: dev
                model,parameters,adapter,task,split,version,metric,percent,verified,note
                Theirs,1.00,shared,cola,dev,GLUE v1,matthews,much,yes,
                """);

        assertThatThrownBy(() -> ReferenceFile.read(file))
                .isInstanceOf(PaletteException.class)
                .hasMessage(file + ":5: found percent 'much', expected a number");
    }

    @Test
    void twoVariantsAreComparedInWordsAndAPicture() throws IOException {
        for (Trial trial : experiment(8).trials()) {
            runs.predict("pals", trial, trial.adapter().label().equals("shared") ? 0.6 : 0.95);
        }
        RunSet all = MadeUpRuns.read(out);

        String text = LineComparison.of(
                        RunFilter.of("shared").in(all),
                        RunFilter.of("adapter=PALs(12)").in(all),
                        List.of("cola", "mrpc"),
                        OptionalDouble.of(1))
                .text(100);

        assertThat(text)
                .startsWith("PALs(12) against shared. They differ in adapter.\nSeeds: 8 and 8.\n")
                .containsPattern(
                        "cola mcc: \\d\\d\\.\\d against \\d\\d\\.\\d, \\+\\d\\d\\.\\d \\[.*\\]: better \\(p = 0\\.\\d+")
                .containsPattern("cola mcc  [│┼─● ]+●");
        assertThatThrownBy(() -> LineComparison.of(all, all, List.of(), OptionalDouble.empty()))
                .hasMessageContainingAll("the first is several variants", "adapter (", "adapter=");
        assertThatThrownBy(() -> RunFilter.of("shard").in(all)).hasMessageContaining("did you mean 'shared'?");
    }

    @Test
    void aSearchSaysWhatItsBestMayBeExpectedToScore() throws IOException {
        ManyRuns.make(out, 1, 50);

        String text = TableFormat.TEXT.render(List.of(BudgetTable.of(MadeUpRuns.read(out))), TableFormat.ANY_WIDTH);

        assertThat(text.lines().filter(line -> line.matches(" +\\d+ .*"))).hasSize(4); // 1, 2, 5, 10
        assertThat(text)
                .contains("of so many variants drawn at random from the 10 that are finished (Dodge et al. 2019)");
    }

    @Test
    void manyRunsMakeALineEach() throws IOException {
        ManyRuns.make(out, 3, 100);

        RunSet set = MadeUpRuns.read(out);
        Table table = ResultTable.of("many", set, TableSpec.DEFAULT).get(0);

        assertThat(set.runs()).hasSize(30);
        assertThat(set.damaged()).isEmpty();
        assertThat(table.groups().get(1).rows())
                .hasSize(10)
                .allSatisfy(row ->
                        assertThat(row.cells().get(row.cells().size() - 1)).isEqualTo(Cell.of("3/3")));
    }
}
