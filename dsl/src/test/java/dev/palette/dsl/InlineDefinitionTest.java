package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Declaration;
import dev.palette.adapter.InlineAdapter;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import dev.palette.pretrained.BertConfig;
import dev.palette.sampler.TaskSampler;
import dev.palette.sampler.TaskSizes;
import dev.palette.task.Target;
import dev.palette.task.own.TextsTask;
import dev.palette.words.TrialScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script defines itself becomes part of its trials: the code and what it uses. */
class InlineDefinitionTest {
    private static final BertConfig ENCODER = new BertConfig(100, 8, 2, 2, 16, 32, 2, 0, 0, 1e-12);

    private static final String GATED = """
            adapter('gated', size: %s) {
                parameters {
                    linear 'down', hidden, size
                    linear 'up', size, hidden
                    vector 'gate', hidden, zero
                }
                shared { norm 'smooth', hidden }
                parallel { h -> up(gelu(down(smooth(h)))) * sigmoid(gate) * 2 }
            }""";

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void aSamplerGivesAWeightForEachTask() {
        TaskSampler sampler = trial("sampler { state -> state.progress < 0.5 ? [1, 0] : [0, 3] }")
                .sampling()
                .sampler(TaskSizes.of(10, 20), 100);

        assertThat(sampler.draw(0, 0.9, List.of())).isZero();
        assertThat(sampler.draw(49, 0.9, List.of())).isZero();
        assertThat(sampler.draw(50, 0.1, List.of())).isOne();
    }

    @Test
    void aSamplerMayNameTheTaskByItsNumberAndHaveAName() {
        Trial trial = trial("sampler('turns') { state -> (state.step % 2) as int }");

        assertThat(trial.sampling().label()).isEqualTo("turns");
        assertThat(trial.sampling().sampler(TaskSizes.of(1, 1), 9).draw(3, 0.2, List.of()))
                .isOne();
    }

    @Test
    void itUsesVariablesFunctionsClosuresAndImportsOfItsScript() {
        String script = """
                import static java.lang.Math.pow
                def alpha = 0.5
                def table = [low: 1L, names: ['a', "it's \\\\ two"]]
                def unused = 7
                double power(n, a) { pow(n, a) }
                def both = { n -> power(n, alpha) + table.low }
                """ + Scripts.complete("sampler('own') { state ->\n    state.sizes.collect { both(it) }\n}");
        Trial trial = scripts.experiment(script).trials().get(0);
        Trial read = TrialJson.read(trial.json(), Vocabulary.installed());

        assertThat(read).isEqualTo(trial);
        TaskSampler sampler = read.sampling().sampler(TaskSizes.of(16, 81), 10); // weights 5 and 10
        assertThat(sampler.draw(0, 0.33, List.of())).isZero();
        assertThat(sampler.draw(0, 0.34, List.of())).isOne();
        assertThat(idOf(script.replace("unused = 7", "unused = 8"))).isEqualTo(trial.id());
        assertThat(idOf(script.replace("alpha = 0.5", "alpha = 0.6"))).isNotEqualTo(trial.id());
        assertThat(idOf(script.replace("pow(n, a) }", "pow(n, a) * 1 }"))).isNotEqualTo(trial.id());
        assertThat(idOf(script.replace("low: 1L", "low: 2L"))).isNotEqualTo(trial.id());
    }

    @Test
    void whereADefinitionStandsIsNoPartOfIt() {
        String definition = "sampler('own') { state ->\n    state.sizes\n}";

        assertThat(trial(definition.indent(8)).id()).isEqualTo(trial(definition).id());
        assertThat(idOf("def own = " + definition + "\n" + Scripts.complete("sampler own")))
                .isEqualTo(trial(definition).id());
    }

    @Test
    void whatIsIncludedIsPartOfIt() throws IOException {
        String script =
                "include 'common.groovy'\n" + Scripts.complete("sampler('own') { state -> weigh(state.sizes) }");
        Files.writeString(folder.resolve("common.groovy"), "def weigh(sizes) { sizes }\n");
        String before = idOf(script);
        Files.writeString(folder.resolve("common.groovy"), "def weigh(sizes) { sizes*.multiply(1) }\n");

        assertThat(idOf(script)).isNotEqualTo(before);
    }

    @Test
    void anAdapterDeclaresParametersForEachLayerAndTask() {
        Trial trial = trial(GATED.formatted(4));
        InlineAdapter adapter = (InlineAdapter)
                TrialJson.read(trial.json(), Vocabulary.installed()).adapter();

        assertThat(adapter.label()).isEqualTo("gated(size 4)");
        assertThat(adapter.parameters(ENCODER, List.of("a", "b")))
                .hasSize(2 * (2 + 2 * 5))
                .contains(
                        new Declaration("adapter.gated.a.layer.0.gate", List.of(8), Declaration.Start.ZERO, "a"),
                        new Declaration(
                                "adapter.gated.layer.1.smooth.LayerNorm.bias",
                                List.of(8),
                                Declaration.Start.ZERO,
                                null),
                        new Declaration(
                                "adapter.gated.b.layer.1.down.weight", List.of(4, 8), Declaration.Start.NORMAL, "b"));
    }

    @Test
    void anOptionOfAnAdapterMayVary() {
        assertThat(scripts.with(GATED.formatted("choice('width', 2, 4)")).trials())
                .extracting(trial -> trial.adapter().label())
                .containsExactly("gated(size 2)", "gated(size 4)");
        assertThat(scripts.experiment("def gated(n) { " + GATED.formatted("n") + " }\n"
                                + Scripts.complete("adapter choice(gated(3), shared())"))
                        .trials())
                .extracting(trial -> trial.adapter().label())
                .containsExactly("gated(size 3)", "shared");
    }

    @Test
    void aDefinitionMayStandAmongOtherValues() {
        assertThat(scripts.with("adapter choice(shared(), " + GATED.formatted("2") + ")")
                        .trials())
                .extracting(trial -> trial.adapter().label())
                .containsExactly("shared", "gated(size 2)");
        assertThat(scripts.with("adapter pal { size 6; heads 3 } + " + GATED.formatted("2"))
                        .trials())
                .extracting(trial -> trial.adapter().label())
                .containsExactly("PALs(6, heads 3) + gated(size 2)");
        assertThat(scripts.with("sampler choice(proportional(), sampler('same') { state -> state.sizes*.multiply(3) })")
                        .trials())
                .extracting(trial -> trial.sampling().label())
                .containsExactly("proportional", "same");
    }

    @Test
    void aTaskInFilesOfOnesOwnHasTheLabelsOfItsTrainingFile() throws IOException {
        intents();
        Trial trial = scripts.experiment(Scripts.complete("dataDir 'data'\n"
                        + "tasks task('intents') { tsv 'intents/*.tsv'; text 'utterance'; label 'intent' }"))
                .trials()
                .get(0);
        TextsTask task = (TextsTask)
                TrialJson.read(trial.json(), Vocabulary.installed()).tasks().get(0);

        assertThat(TrialJson.read(trial.json(), Vocabulary.installed())).isEqualTo(trial);
        assertThat(task.target()).isEqualTo(new Target.Classification(List.of("book", "cancel")));
        assertThat(task.read(dev.palette.task.Split.DEV, folder.resolve("data")).labels())
                .containsExactly(1, 0);
        assertThat(task.metrics()).extracting(metric -> metric.label()).containsExactly("accuracy");
    }

    @Test
    void tasksMayBeChoicesOrTagsInOtherFormatsAndTrainOnFew() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/own"));
        for (String split : List.of("train", "validation")) {
            Files.writeString(data.resolve(split + ".csv"), "start,a,b,right\nIt rained,wet,dry,0\n");
            Files.writeString(data.resolve(split + ".jsonl"), "{\"tokens\": [\"Ann\", \"sings\"], \"ner\": [1, 0]}\n");
        }
        Trial trial = scripts.experiment(Scripts.complete("""
                dataDir 'data'
                tasks task('endings') {
                    csv 'own/*.csv'; devFile 'own/validation.csv'; text 'start'; choices 'a', 'b'; label 'right'
                }, task('ner') {
                    jsonLines 'own/*.jsonl'; devFile 'own/validation.jsonl'; tags 'ner'; labels 'O', 'B-PER'; trainExamples 1
                }, glue.rte { trainExamples 100 }, squad.v11 { trainExamples 50 }, superglue.wsc { trainExamples 7 }
                """)).trials().get(0);

        assertThat(trial.tasks())
                .extracting(task -> task.word())
                .containsExactly("choices", "tags", "glue.rte", "squad.v11", "superglue.wsc");
        assertThat(trial.tasks()).extracting(task -> task.trainExamples()).containsExactly(null, 1, 100, 50, 7);
        assertThat(TrialJson.read(trial.json(), Vocabulary.installed())).isEqualTo(trial);
        String exported = new TrialScript(Lexicon.of(Vocabulary.installed()), "try", trial).text();
        assertThat(exported).contains("csv 'own/train.csv'", "devFile 'own/validation.csv'", "choices 'a', 'b'");
        assertThat(scripts.experiment(exported.replaceFirst("\\{\n", "{\n    dataDir 'data'\n"))
                        .trials())
                .containsExactly(trial);
        assertThat(scripts.experiment(Scripts.complete("tasks glue.rte { trainExamples 100 }"))
                        .trials()
                        .get(0)
                        .id())
                .isNotEqualTo(scripts.experiment(Scripts.complete("tasks glue.rte"))
                        .trials()
                        .get(0)
                        .id());
        assertThat(scripts.messageWith("tasks glue.rte { trainExamples 0 }"))
                .contains("trainExamples is 0, expected a whole number of at least 1");
    }

    @Test
    void howManyAreTrainedOnMayVary() {
        assertThat(scripts.with("tasks choice([100, 500].collect { n -> [glue.rte { trainExamples n }] })")
                        .trials())
                .extracting(trial -> trial.tasks().get(0).trainExamples())
                .containsExactly(100, 500);
    }

    @Test
    void aMetricIsAClosure() throws IOException {
        intents();
        TextsTask task = (TextsTask)
                scripts.experiment("""
                def tolerance = 1
                """ + Scripts.complete("""
                dataDir 'data'
                tasks task('intents') {
                    tsv 'intents/*.tsv'; text 'utterance'; label 'stars'; scores 0, 5
                    metrics pearson, metric('near') { predicted, expected ->
                        [predicted, expected].transpose().count { p, e -> (p - e).abs() <= tolerance } / predicted.size()
                    }
                }
                """)).tasks().get(0);

        assertThat(task.metrics()).extracting(metric -> metric.label()).containsExactly("pearson", "near");
        assertThat(task.metrics().get(1).of(new double[] {1, 4}, new double[] {2, 1}))
                .isEqualTo(0.5);
    }

    @Test
    void whatIsWrongWithADefinitionIsSaidBeforeAnythingRuns() {
        assertThat(scripts.messageWith("adapter { parallel { h -> h } }"))
                .startsWith(
                        "try.groovy:2:9: adapter takes a name, options or none, and a block: adapter('gated', size: 64)");
        assertThat(scripts.messageWith("adapter('x') { paralel { h -> h } }"))
                .startsWith("try.groovy:2:9: unknown part of an adapter 'paralel'; did you mean 'parallel'?");
        assertThat(scripts.messageWith("adapter('x') { parallel { h -> h } }"))
                .startsWith("try.groovy:2:9: an adapter declares no parameters; say which it adds");
        assertThat(scripts.messageOf(
                        "def own = pal()\n" + Scripts.complete("sampler { state -> own ? [1, 1] : [1, 2] }")))
                .startsWith("try.groovy:3:9: 'own' is an adapter and cannot be part of a trial");
        assertThat(scripts.messageWith("tasks task('a b') { tsv 'x.tsv' }"))
                .contains(
                        "task 'a b' lacks the column of the text: text 'utterance'; the column of the label: label 'intent'");
    }

    @Test
    void aSamplerIsAskedOnceBeforeAnythingRuns() {
        assertThat(scripts.messageWith("sampler('own') { state -> state.sizes*.multiply(state.progres) }"))
                .startsWith("try.groovy:2:9: the script's sampler stopped at")
                .contains("nothing is called 'progres' there");
        assertThat(scripts.messageWith("sampler('own') { state -> [1] }"))
                .startsWith("try.groovy:2:9: sampler 'own' gave the weights [1.0], expected one for each of 2 tasks");
        assertThat(scripts.messageWith("sampler('own') { state -> [0, -1] }"))
                .contains("numbers of at least 0, one of them greater");
    }

    @Test
    void whatIsMissingInTheFilesIsSaid() throws IOException {
        intents();
        String task = "dataDir 'data'\ntasks task('intents') { tsv 'intents/*.tsv'; text 'uterance'; label 'intent' }";

        assertThat(scripts.messageWith(task))
                .startsWith("try.groovy:3:7: ") // where the tasks stand
                .contains(
                        "train.tsv:1: unknown column 'uterance'; did you mean 'utterance'? Known: intent, stars, utterance.");
        assertThat(scripts.messageWith(task.replace("intents/*", "intentions/*")))
                .contains("no folder 'intentions'", "did you mean 'intents'?");
        assertThat(scripts.messageWith(task.replace("dataDir 'data'\n", "")))
                .contains("task 'intents' is in the data directory, and none is set");
    }

    private void intents() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data/intents"));
        String header = "utterance\tintent\tstars\n";
        Files.writeString(data.resolve("train.tsv"), header + "a flight\tbook\t1\nno flight\tcancel\t2\n");
        Files.writeString(data.resolve("dev.tsv"), header + "not that\tcancel\t2\na seat\tbook\t3\n");
    }

    private Trial trial(String lines) {
        return scripts.with(lines).trials().get(0);
    }

    private String idOf(String script) {
        return scripts.experiment(script).trials().get(0).id();
    }
}
