package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.LowRank;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.experiment.EarlyStopping;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Variant;
import dev.palette.task.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Axes and sweeps as scripts write them. */
class SweepScriptTest {
    private static final String TWO_FORMS = """
            encoder bertBase.uncased; tasks glue.cola; sampler proportional()
            train { steps 6_000; batchSize 32; optimizer adamW { learningRate choice('rate', 1e-5, 3e-5) } }
            sweep { list variant('a') { adapter shared() }, variant('b') { adapter pal { size 12 }; train { maxLength 64 } } }
            profiles variant('reduced') { tasks glue.rte; train { steps 300 } }, variant('short') { train { steps 10; maxLength 32 } }
            """;

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void anAxisStandsWhereverAnOptionTakesAValue() {
        Experiment experiment = scripts.with("""
                encoder bertBase.uncased
                adapter choice('architecture', shared(), pal { size choice(102, 204) }, lowRank { size integer(50, 100, 50) })
                layers choice(4, 8)
                train { optimizer adamW { learningRate choice('rate', 1e-5, 1) } }
                """);

        assertThat(experiment.variants()).hasSize(2 * 5 * 2);
        assertThat(experiment.adapters())
                .containsExactly(new Shared(), new Pal(102, 6), new Pal(204, 6), new LowRank(50), new LowRank(100));
        assertThat(experiment.axes())
                .containsExactly(
                        new ExperimentAxis(null, "layers"),
                        new ExperimentAxis("architecture", "adapter"),
                        new ExperimentAxis(null, "adapter.size"),
                        new ExperimentAxis("rate", "training.optimizer.learningRate"));
    }

    @Test
    void aProfileStandsInThePlaceOfWhatTheExperimentHas() {
        Experiment whole = scripts.with(TWO_FORMS);
        Experiment reduced = scripts.with(TWO_FORMS, "profile=reduced");

        assertThat(whole.name()).isEqualTo("try");
        assertThat(whole.trials()).extracting(trial -> trial.training().steps()).containsOnly(6_000);
        assertThat(reduced.name()).isEqualTo("try-reduced");
        assertThat(reduced.trials()).hasSize(4).allSatisfy(trial -> {
            assertThat(trial.tasks()).extracting(Task::name).containsExactly("rte");
            assertThat(trial.training().steps()).isEqualTo(300);
            assertThat(trial.training().batchSize()).isEqualTo(32);
        });
        assertThat(reduced.trials())
                .extracting(trial -> trial.training().maxLength())
                .containsExactlyInAnyOrder(128, 128, 64, 64);
    }

    @Test
    void aVariantsOwnOptionsGoOverAProfilesAndTheCommandLineOverBoth() {
        assertThat(scripts.with(TWO_FORMS, "profile=short").trials())
                .extracting(trial -> trial.training().maxLength())
                .containsExactlyInAnyOrder(32, 32, 64, 64);
        assertThat(scripts.with(TWO_FORMS, "profile=short", "train.maxLength=16")
                        .trials())
                .extracting(trial -> trial.training().maxLength())
                .containsOnly(16);
    }

    @Test
    void aProfileThatTheScriptDoesNotHaveIsRefusedWhereItsProfilesStand() {
        assertThatThrownBy(() -> scripts.with(TWO_FORMS, "profile=redused"))
                .hasMessageContaining("unknown profile 'redused'; did you mean 'reduced'? Known: reduced, short.")
                .hasMessageContaining("profiles variant('reduced')");
    }

    @Test
    void oneVariableInTwoPlacesIsOneAxis() {
        Experiment experiment = scripts.experiment("""
                def rate = choice('rate', 1e-5, 3e-5)
                experiment('try') {
                    encoder bertBase.uncased; tasks glue.cola; adapter shared(); sampler proportional()
                    train { optimizer adamW { learningRate rate; layerDecay 0.9; groups group { names 'adapter.*'; learningRate rate } } }
                    sweep { grid rate }
                }
                """);

        assertThat(experiment.variants())
                .extracting(variant ->
                        variant.training().optimizer().groups().get(0).learningRate())
                .containsExactly(1e-5, 3e-5);
    }

    @Test
    void listsOfTasksAndOptionsOfOneTaskVary() {
        assertThat(scripts.with("tasks choice([glue.cola], [glue.cola, glue.mrpc])")
                        .variants())
                .extracting(variant -> variant.tasks().size())
                .containsExactly(1, 2);
        assertThat(scripts.with("tasks glue.cola { directory choice('a', 'b') }, glue.mrpc")
                        .axes())
                .containsExactly(new ExperimentAxis(null, "tasks[0].directory"));
        assertThat(scripts.with("adapter composed { of pal { size choice(102, 204) }, topLayer() }")
                        .variants())
                .extracting(variant -> variant.adapter().label())
                .containsExactly("PALs(102) + top BERT layer", "PALs(204) + top BERT layer");
    }

    @Test
    void aSweepSaysHowItIsSearchedAndWhenItStops() {
        Experiment experiment = scripts.with("""
                train { steps 100; evaluate { every 10 }; optimizer adamW { learningRate logUniform(1e-5, 1e-3) } }
                sweep {
                    bayes 40; seed 7; seeds 1..3; metric 'mrpc.f1'; synchronous 4
                    stopEarly asha { from 20; reduction 4 }
                    where { parameters { near 1.13; within 0.005 } }
                }
                """);

        assertThat(experiment.sweep().strategy()).isEqualTo(new Strategy.Bayes(40));
        assertThat(experiment.sweep().stopEarly()).isEqualTo(new EarlyStopping.Asha(20, 4));
        assertThat(experiment.sweep().batch()).isEqualTo(4);
        assertThat(experiment.sweep().metric()).contains("mrpc.f1");
        assertThat(experiment.sweep().where().parameters().orElseThrow().allows(1.1331))
                .isTrue();
        assertThat(experiment.seeds()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void variantsOfAListAddToTheExperimentsTraining() {
        Experiment experiment = scripts.with("""
                adapter shared()
                train { steps 10; batchSize 8 }
                sweep {
                    list variant('small') { adapter pal { size 12 } },
                         variant('long') { train { steps 20 } }
                }
                """);

        assertThat(experiment.variants())
                .extracting(v -> v.adapter().label() + " " + v.training().steps() + " "
                        + v.training().batchSize())
                .containsExactly("PALs(12) 10 8", "shared 20 8");
        assertThat(experiment.axes()).extracting(ExperimentAxis::label).containsOnly("variant");
    }

    @Test
    void whatSetFixesDoesNotVary() {
        String lines = "encoder bertBase.uncased; train { optimizer adamW { learningRate choice(1e-5, 3e-5) } }";

        assertThat(scripts.with(lines).variants()).hasSize(2);
        assertThat(scripts.with(lines, "train.optimizer.learningRate=7e-5").variants())
                .singleElement()
                .extracting(variant -> variant.training().optimizer().learningRate())
                .isEqualTo(7e-5);
    }

    @Test
    void aTrialOfASweepIsTheTrialThatIsDescribedAlone() {
        Trial swept = scripts.with("adapter choice(shared(), pal { size choice(102, 204) })")
                .trials()
                .get(2);
        Trial alone = scripts.with("adapter pal { size 204 }").trials().get(0);

        assertThat(swept.id()).isEqualTo(alone.id());
        assertThat(Variant.of(swept)).isEqualTo(Variant.of(alone));
    }

    @Test
    void whatDoesNotFitAnOptionIsRefusedWhereItStands() {
        assertThat(scripts.messageWith("train { steps uniform(1, 5) }"))
                .contains("try.groovy:2:15: steps is numbers that vary, expected a whole number");
        assertThat(scripts.messageWith("train { batchSize choice(8, 'x') }"))
                .contains("batchSize is a choice of 8 and 'x', expected a whole number");
        assertThat(scripts.messageWith("adapter choice(shared(), annealed { phases choice(1, 2) })"))
                .contains("adapter is a choice of an adapter and a sampler");
    }

    @Test
    void anEmptyRangeSaysSo() {
        assertThat(scripts.messageWith("train { batchSize integer(8, 4) }"))
                .contains("integer(8, 4) has no values: the first number must not be above the second");
        assertThat(scripts.messageWith("train { lossLimit logUniform(0, 4) }"))
                .contains("logUniform(0.0, 4.0): orders of magnitude begin above 0");
        assertThat(scripts.messageWith("train { lossLimit uniform(4) }")).contains("uniform takes two numbers");
    }

    @Test
    void whatVariesIsNotAddedUp() {
        assertThat(scripts.messageWith("adapter pal { size choice(102, 204) } + topLayer()"))
                .contains("write composed { of pal { size choice(102, 204) }, topLayer() }");
    }
}
