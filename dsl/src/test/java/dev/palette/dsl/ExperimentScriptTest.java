package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Composed;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.balance.Fixed;
import dev.palette.balance.GradNorm;
import dev.palette.experiment.Experiment;
import dev.palette.model.Freeze;
import dev.palette.model.ModelPart;
import dev.palette.pretrained.EncoderSource;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.spec.Word;
import dev.palette.task.Average;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTask;
import dev.palette.task.GlueTasks;
import dev.palette.task.squad.Squad;
import dev.palette.train.Attendance;
import dev.palette.train.Compatibility;
import dev.palette.train.EvaluationPlan;
import dev.palette.train.Optimizer;
import dev.palette.train.Padding;
import dev.palette.train.ParameterGroup;
import dev.palette.train.Precision;
import dev.palette.train.Recovery;
import dev.palette.train.Selection;
import dev.palette.train.Training;
import dev.palette.train.Unfreezing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts mean. */
class ExperimentScriptTest {
    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void theQuickstartsWordsGiveTheExperimentThatJavaWouldBuild() {
        ExperimentScript script = scripts.load("""
                experiment('quickstart') {
                    encoder bertBase.uncased
                    layers 4
                    dataDir 'data/quickstart'
                    tasks glue.cola { name 'acceptability'; directory 'acceptability' },
                          glue.mrpc { name 'paraphrase'; directory 'paraphrase' },
                          glue.sts  { name 'similarity'; directory 'similarity' }
                    adapter choice(shared(), pal { size 204; heads 6 })
                    sampler annealed { from 1.0; to 0.2; phases 25 }
                    train {
                        steps 120; batchSize 16; maxLength 64; precision fp32
                        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
                        evaluate { every 60; selectOn holdout(0.1); keepBest average.glue }
                    }
                    sweep { seeds 1..1 }
                }
                """);

        assertThat(script.experiment())
                .isEqualTo(Experiment.of(
                        "quickstart",
                        e -> e.encoder(new EncoderSource.Released("bertBase.uncased"))
                                .layers(4)
                                .tasks(
                                        new GlueTask(GlueLayout.COLA, "acceptability", "acceptability"),
                                        new GlueTask(GlueLayout.MRPC, "paraphrase", "paraphrase"),
                                        new GlueTask(GlueLayout.STS, "similarity", "similarity"))
                                .adapters(new Shared(), new Pal(204, 6))
                                .samplings(new Annealed(1.0, 0.2, 25))
                                .training(t -> t.steps(120)
                                        .batchSize(16)
                                        .maxLength(64)
                                        .precision(Precision.FP32)
                                        .optimizer(new Optimizer.AdamWOptions()
                                                .learningRate(5e-5)
                                                .warmupFraction(0.1)
                                                .build())
                                        .evaluate(
                                                new EvaluationPlan(60, new Selection.Holdout(0.1), Average.GLUE, true)))
                                .seeds(1)));
        assertThat(script.settings().dataDirectory()).contains(folder.resolve("data/quickstart"));
    }

    @Test
    void questionsStandBesideClasses() {
        Experiment experiment = scripts.experiment("""
                experiment('answers') {
                    encoder bertBase.uncased
                    tasks glue.rte, squad.v11 { devQuestions 1_000; docStride 64; emptyWindows true }
                    adapter shared()
                    sampler roundRobin()
                }
                """);

        assertThat(experiment.tasks())
                .containsExactly(
                        GlueTasks.of(GlueLayout.RTE),
                        Squad.of(o -> o.devQuestions(1_000).docStride(64).emptyWindows(true)));
    }

    @Test
    void namedAxesStandWhereTheirValuesGo() {
        Experiment experiment = scripts.experiment("""
                def architecture = choice('architecture', shared(), pal { size 204; heads 6 })
                def sampling = choice('sampling', proportional(), squareRoot(), annealed { phases 5 }, roundRobin())

                experiment('pals-on-glue') {
                    encoder bertBase.uncased
                    tasks glue.eight
                    adapter architecture
                    sampler sampling
                    train {
                        steps 60_000
                        optimizer bertAdam { learningRate 2e-5 }
                        evaluate { selectOn dev; keepBest average.paper }
                        compatibility original
                    }
                    sweep { grid architecture, sampling; seeds 1..10 }
                }
                """);

        assertThat(experiment.tasks()).isEqualTo(GlueTasks.eight());
        assertThat(experiment.adapters()).containsExactly(new Shared(), new Pal(204, 6));
        assertThat(experiment.samplings())
                .containsExactly(new Proportional(), new SquareRoot(), new Annealed(1.0, 0.2, 5), new RoundRobin());
        assertThat(experiment.seeds()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(experiment.trials()).hasSize(2 * 4 * 10);
        Training training = experiment.training();
        assertThat(training.steps()).isEqualTo(60_000);
        assertThat(training.optimizer()).isInstanceOf(Optimizer.BertAdam.class);
        assertThat(training.evaluate().selectOn()).isEqualTo(new Selection.Dev());
        assertThat(training.compatibility()).isEqualTo(Compatibility.original());
    }

    @Test
    void anAxisIsVariedWhetherOrNotTheGridNamesIt() {
        assertThat(scripts.with("adapter choice(shared(), pal())").trials()).hasSize(2);
    }

    @Test
    void singleSwitchesOfCompatibilityAreNamed() {
        assertThat(scripts.with("train { compatibility clipPerTensor, updateIdle }")
                        .training()
                        .compatibility())
                .isEqualTo(Set.of(Compatibility.CLIP_PER_TENSOR, Compatibility.UPDATE_IDLE));
    }

    @Test
    void anEncoderMayBeADirectoryBesideTheScript() {
        assertThat(scripts.with("encoder 'small-bert'").encoder())
                .isEqualTo(
                        new EncoderSource.Directory(folder.resolve("small-bert").toString()));
    }

    @Test
    void aWordWithoutOptionsNeedsNoParentheses() {
        assertThat(scripts.with("sampler squareRoot").samplings()).containsExactly(new SquareRoot());
    }

    @Test
    void seedsAreARangeOrAList() {
        assertThat(scripts.with("sweep { seeds 3, 5, 8 }").seeds()).containsExactly(3L, 5L, 8L);
        assertThat(scripts.with("sweep { seeds([3, 5, 8]) }").seeds()).containsExactly(3L, 5L, 8L);
    }

    @Test
    void variablesFunctionsAndLoopsAreOrdinaryGroovy() {
        Experiment experiment = scripts.experiment("""
                def small(n) { pal { size 6 * n; heads 6 } }
                def rate = 1e-4

                experiment('loops') {
                    encoder bertBase.uncased
                    tasks(['a', 'b'].collect { title -> glue.cola { name title; directory "cola-${title}" } })
                    adapter choice([1, 2].collect { small(it) })
                    sampler proportional()
                    train { optimizer adamW { learningRate rate } }
                }
                """);

        assertThat(experiment.adapters()).containsExactly(new Pal(6, 6), new Pal(12, 6));
        assertThat(experiment.tasks())
                .containsExactly(
                        new GlueTask(GlueLayout.COLA, "a", "cola-a"), new GlueTask(GlueLayout.COLA, "b", "cola-b"));
        assertThat(experiment.training().optimizer().learningRate()).isEqualTo(1e-4);
    }

    @Test
    void aBlockIsEvaluatedOnce() {
        Experiment experiment = scripts.experiment("""
                def evaluated = 0
                experiment('once') {
                    encoder bertBase.uncased
                    tasks glue.cola
                    adapter pal { evaluated += 1; size 6 * evaluated }
                    sampler proportional()
                    train { evaluated += 1; steps evaluated }
                }
                """);

        assertThat(experiment.adapters()).containsExactly(new Pal(6, 6));
        assertThat(experiment.training().steps()).isEqualTo(2);
    }

    @Test
    void settingsOfFilesLieBelowTheScriptAndSetLiesAbove() throws Exception {
        Files.writeString(
                folder.resolve("palette.properties"),
                "train.batchSize = 8\ntrain.maxLength = 32\ntrain.optimizer.weightDecay = 0.5\ntrain.evaluate.every = 7\n");
        Training training = scripts.with(
                        "train { batchSize 16; steps 9; optimizer adamW { learningRate 1e-3 }; evaluate { selectOn dev } }",
                        "train.steps=10",
                        "train.optimizer.learningRate=1e-4")
                .training();

        assertThat(training.batchSize()).isEqualTo(16);
        assertThat(training.maxLength()).isEqualTo(32);
        assertThat(training.steps()).isEqualTo(10);
        assertThat(training.optimizer().learningRate()).isEqualTo(1e-4);
        assertThat(training.optimizer().weightDecay()).isEqualTo(0.5);
        assertThat(training.evaluate()).isEqualTo(new EvaluationPlan(7, new Selection.Dev(), Average.GLUE, true));
    }

    @Test
    void theDataDirectoryOfTheCommandLineCountsMoreThanTheScripts() {
        ExperimentScript script = scripts.load("""
                experiment('data') {
                    encoder bertBase.uncased; tasks glue.cola; adapter shared(); sampler proportional()
                    dataDir 'here'
                }
                """, "data.dir=there");

        assertThat(script.settings().dataDirectory()).contains(folder.resolve("there"));
    }

    @Test
    void predictingTestSetsIsASettingAndNoPartOfATrial() {
        String script = """
                experiment('data') {
                    encoder bertBase.uncased; tasks glue.cola; adapter shared(); sampler proportional()
                    predictTest %s
                }
                """;
        ExperimentScript with = scripts.load(script.formatted(true));
        ExperimentScript without = scripts.load(script.formatted(false));

        assertThat(with.settings().predictTest()).isTrue();
        assertThat(without.settings().predictTest()).isFalse();
        assertThat(scripts.load(script.formatted(false), "predict.test=true")
                        .settings()
                        .predictTest())
                .isTrue();
        assertThat(with.experiment().trials()).isEqualTo(without.experiment().trials());
    }

    @Test
    void labelsOfLoopsAreLeftAlone() {
        assertThat(scripts.experiment("""
                def last = 0
                outer:
                for (i in 1..3) {
                    for (j in 1..3) {
                        if (j == 2) continue outer
                        last = i
                    }
                }
                experiment('loops') {
                    encoder bertBase.uncased; tasks glue.cola; adapter shared(); sampler proportional()
                    train { steps last }
                }
                """).training().steps()).isEqualTo(3);
    }

    @Test
    void everyArchitectureHasAWord() {
        Experiment experiment = scripts.with("""
                adapter choice(
                        shared(), separate(), lowRank { size 100 }, houlsby { size 50 }, lhuc(), topLayer(),
                        pal { size 276; layers 6..11 },
                        pal { size 204; tied false },
                        lhuc { of pal { size 204 } },
                        houlsby { size 50; output pal { size 156 } },
                        topAttention { size 204 })
                """);

        assertThat(experiment.adapters())
                .containsExactly(
                        new Shared(),
                        new Separate(),
                        new LowRank(100),
                        new Houlsby(50),
                        new Lhuc(),
                        new TopLayer(),
                        new Pal(276, 6, true, List.of(6, 7, 8, 9, 10, 11)),
                        new Pal(204, 6, false, List.of()),
                        new Lhuc(new Pal(204, 6)),
                        new Houlsby(50, new Pal(156, 6)),
                        new TopAttention(204, 6, 12));
    }

    @Test
    void adaptersAddUp() {
        Adapter sum = new Pal(204, 6).plus(new TopLayer());

        assertThat(scripts.with("adapter pal { size 204 } + topLayer()").adapters())
                .containsExactly(sum);
        assertThat(scripts.with("adapter composed { of pal(), topLayer() }").adapters())
                .containsExactly(sum);
        assertThat(scripts.with("adapter choice(pal() + topLayer(), pal() + lowRank() + lhuc())")
                        .adapters())
                .containsExactly(sum, new Composed(List.of(new Pal(204, 6), new LowRank(100), new Lhuc())));
    }

    @Test
    void aLayerMayStandAlone() {
        assertThat(scripts.with("adapter pal { layers 11 }").adapters())
                .containsExactly(new Pal(204, 6, true, List.of(11)));
    }

    @Test
    void aFrozenEncoderTwoRatesAndAccumulationAreOptionsOfTheTrainBlock() {
        String lines =
                "encoder bertBase.uncased; train { freeze encoder; accumulate 4; optimizer bertAdam { groups group { parts part.palAttention; learningRate 3e-4 } } }";
        Training training = scripts.with(lines).training();

        assertThat(training.freeze()).isEqualTo(Freeze.encoder());
        assertThat(training.accumulate()).isEqualTo(4);
        assertThat(training.optimizer().groups())
                .containsExactly(
                        ParameterGroup.of(g -> g.parts(ModelPart.PAL_ATTENTION).learningRate(3e-4)));
        assertThat(scripts.with(lines, "train.freeze=none").training().freeze()).isEqualTo(Freeze.none());
    }

    @Test
    void whatIsFrozenAndWhatOpensMayBeNamed() {
        Training training = scripts.with("""
                adapter shared()
                train {
                    freeze { parts part.embeddings; layers 0..2; except '*.bias' }
                    unfreeze { every 20; downTo 4 }
                    optimizer adamW { layerDecay 0.9; groups group { names 'head.*', 'adapter.*'; weightDecay 0 } }
                }""").training();

        assertThat(training.freeze())
                .isEqualTo(new Freeze.Chosen(
                        List.of(), List.of(0, 1, 2), List.of(ModelPart.EMBEDDINGS), List.of("*.bias")));
        assertThat(training.unfreeze()).isEqualTo(new Unfreezing(20, 4, true));
        assertThat(training.optimizer().layerDecay()).isEqualTo(0.9);
        assertThat(training.optimizer().groups())
                .containsExactly(
                        ParameterGroup.of(g -> g.names("head.*", "adapter.*").weightDecay(0)));
        assertThat(scripts.messageWith("train { freeze { } }")).contains("it is not said what to freeze");
        assertThat(scripts.messageWith("train { freeze encodr }")).contains("did you mean 'encoder'?");
        assertThat(scripts.messageWith("train { freeze pretrained; unfreeze { every 5 } }"))
                .contains("train.freeze is pretrained, which keeps the encoder as it is to the end");
    }

    @Test
    void tasksJoinLeaveAndStop() {
        assertThat(scripts.with(
                                "train { steps 100; evaluate { every 10 }; attendance { join mrpc: 0.5; leave cola: 80; patience 3 } }")
                        .training()
                        .attendance())
                .isEqualTo(new Attendance(Map.of("mrpc", 0.5), Map.of("cola", 80.0), 3));
        assertThat(scripts.messageWith("train { attendance { join mrpcc: 0.5 } }"))
                .contains("unknown task 'mrpcc'; did you mean 'mrpc'?");
        assertThat(scripts.messageWith("train { attendance { patience 3 } }"))
                .contains("train.attendance.patience is 3, but no task has scores while it is trained");
    }

    @Test
    void lossesAreBalanced() {
        Training training = scripts.with("train { batchesPerStep 2; balance gradNorm { alpha 0.5 } }")
                .training();
        assertThat(training.batchesPerStep()).isEqualTo(2);
        assertThat(training.balance()).isEqualTo(new GradNorm(0.5, 0.025));
        assertThat(scripts.with("train { balance fixed { weights cola: 2.0 } }")
                        .training()
                        .balance())
                .isEqualTo(new Fixed(Map.of("cola", 2.0)));
        assertThat(scripts.messageWith("train { balance pcGrad() }"))
                .contains("train.balance is pcGrad, which compares the tasks of a step, but train.batchesPerStep is 1");
        assertThat(scripts.messageWith("train { balance fixed { weights colaa: 2.0 } }"))
                .contains("unknown task 'colaa'; did you mean 'cola'?");
        assertThat(scripts.messageWith("train { balance gradnorm() }")).contains("did you mean 'gradNorm'?");
    }

    @Test
    void nothingMaySelect() {
        assertThat(scripts.with("train { evaluate { selectOn nothing } }")
                        .training()
                        .evaluate()
                        .selectOn())
                .isEqualTo(new Selection.Nothing());
    }

    @Test
    void whatTrainingCostsIsAskedForByWords() {
        String lines =
                "encoder bertBase.uncased; train { padding packed; precision auto; freeze pretrained; cacheFrozen true; recompute true }";
        Training training = scripts.with(lines).training();

        assertThat(training.padding()).isEqualTo(Padding.PACKED);
        assertThat(training.precision()).isEqualTo(Precision.AUTO);
        assertThat(training.freeze()).isEqualTo(Freeze.pretrained());
        assertThat(training.cacheFrozen()).isTrue();
        assertThat(training.recompute()).isTrue();
        for (Padding padding : Padding.values()) {
            assertThat(scripts.with("encoder bertBase.uncased; train { padding " + Word.of(padding) + " }")
                            .training()
                            .padding())
                    .isEqualTo(padding);
        }
    }

    @Test
    void onlyWhatStaysTheSameCanBeComputedOnce() {
        assertThat(scripts.messageWith("train { cacheFrozen true }"))
                .contains("train.cacheFrozen is true, but train.freeze is none", "set train.freeze to pretrained");
        assertThat(scripts.messageWith("train { cacheFrozen true; freeze pretrained; padding longest }"))
                .contains("train.cacheFrozen is true, but train.padding is longest", "leave train.padding at packed");
    }

    @Test
    void aBatchIsDividedIntoPartsOfOneExampleAtLeast() {
        assertThat(scripts.with("encoder bertBase.uncased; train { batchSize 32; accumulate 5 }")
                        .training()
                        .accumulate())
                .isEqualTo(5);
        assertThat(scripts.messageWith("train { batchSize 4; accumulate 5 }"))
                .contains("train.accumulate is 5, expected at most train.batchSize 4");
    }

    @Test
    void whatIsDoneWhenTrainingDivergesIsSaidByWords() {
        String train = "encoder bertBase.uncased; train { lossLimit 20; onDivergence %s }";
        Training training =
                scripts.with(train.formatted("goBack { factor 0.25; times 2 }")).training();

        assertThat(training.lossLimit()).isEqualTo(20);
        assertThat(training.onDivergence()).isEqualTo(new Recovery.GoBack(0.25, 2, 1_000));
        assertThat(scripts.with(train.formatted("stop()")).training().onDivergence())
                .isEqualTo(new Recovery.Stop());
        assertThat(scripts.with(train.formatted("goBack()"), "train.onDivergence.every=50")
                        .training()
                        .onDivergence())
                .isEqualTo(new Recovery.GoBack(0.5, 3, 50));
        assertThat(scripts.messageWith("train { onDivergence goBack { factor 2 } }"))
                .contains("factor is 2.0, expected a number greater than 0 and of at most 1");
    }
}
