package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script's author is told, word for word. */
class ScriptMessagesTest {
    /** Those that there are, as messages list them. */
    private static final String SAMPLERS =
            String.join(", ", Vocabulary.installed().samplings().keySet());

    private static final String ADAPTERS =
            String.join(", ", Vocabulary.installed().adapters().keySet());

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void anUnknownOptionNamesTheNearestAndAllOfItsBlock() {
        assertThat(scripts.messageWith("train {\n    batchsize 16\n}")).isEqualTo("""
                try.groovy:3:5: unknown word 'batchsize' in train; did you mean 'batchSize'? Known options of train: accumulate, attendance, balance, batchSize, batchesPerStep, cacheFrozen, \
                compatibility, evaluate, freeze, lossLimit, maxLength, onDivergence, optimizer, padding, precision, recompute, steps, taskSizes, unfreeze.
                    batchsize 16
                    ^""");
    }

    @Test
    void anUnknownAdapterNamesTheNearestAndAllAdapters() {
        assertThat(scripts.messageWith("adapter pall { size 204 }")).isEqualTo("""
                try.groovy:2:9: unknown word 'pall' in experiment; did you mean 'pal'? Known adapters: %s.
                    adapter pall { size 204 }
                            ^""".formatted(ADAPTERS));
    }

    @Test
    void anUnknownSamplerNamesTheNearestAndAllSamplers() {
        assertThat(scripts.messageWith("sampler anealed()")).isEqualTo("""
                try.groovy:2:9: unknown word 'anealed' in experiment; did you mean 'annealed'? Known samplers: %s.
                    sampler anealed()
                            ^""".formatted(SAMPLERS));
    }

    @Test
    void anUnknownTaskNamesTheNearestAndAllTasksOfTheGroup() {
        assertThat(scripts.messageWith("tasks glue.cola,\n      glue.mrcp { name 'paraphrase' }"))
                .isEqualTo("""
                try.groovy:3:12: unknown word 'glue.mrcp'; did you mean 'glue.mrpc'? Known: glue.ax, glue.cola, glue.eight, \
                glue.mnli, glue.mrpc, glue.qnli, glue.qqp, glue.rte, glue.sst, glue.sts, glue.wnli.
                    glue.mrcp { name 'paraphrase' }
                         ^""");
    }

    @Test
    void anUnknownOptionOfAnAdapterIsRefused() {
        assertThat(scripts.messageWith("adapter pal { sizes 204 }")).isEqualTo("""
                try.groovy:2:15: unknown word 'sizes' in pal; did you mean 'size'? Known options of pal: heads, layers, size, tied.
                    adapter pal { sizes 204 }
                                  ^""");
    }

    @Test
    void aModelOfTheHubIsNamedByTextAndRevision() {
        String takes =
                "hub takes a model and, if need be, its revision, as in hub('google/electra-small-discriminator', revision: 'main')";
        assertThat(scripts.messageWith("variant('a') { encoder hub() }")).contains(takes);
        assertThat(scripts.messageWith("variant('a') { encoder hub('org/tiny', 'main') }"))
                .contains(takes);
        assertThat(scripts.messageWith("variant('a') { encoder hub('org/tiny', commit: 'main') }"))
                .contains(takes);
        assertThat(scripts.messageWith("variant('a') { encoder hub('org tiny') }"))
                .contains("'org tiny' is no model of the Hugging Face hub");
    }

    @Test
    void aWordLikeNoOtherListsTheOptionsAndSaysWhereAllWordsAre() {
        assertThat(scripts.messageWith("wibbleWobbleWubble 7"))
                .startsWith(
                        "try.groovy:2:1: unknown word 'wibbleWobbleWubble' in experiment. Known options of experiment: "
                                + "adapter, dataDir, encoder, layers, predictTest, profiles, results, run, sampler, sweep, tasks, train. All words for values: palette words.\n");
    }

    @Test
    void anOptionOfTheBlockAroundIsNotVisibleInside() {
        assertThat(scripts.messageWith("train {\n    adapter shared()\n}")).isEqualTo("""
                try.groovy:3:5: adapter is an option of experiment, not of train; write it outside these braces
                    adapter shared()
                    ^""");
    }

    @Test
    void anOptionOutsideTheExperimentIsToldWhereItBelongs() {
        assertThat(scripts.messageOf("layers 4\n")).isEqualTo("""
                try.groovy:1:1: layers is an option of experiment; write it inside experiment('…') { … }
                    layers 4
                    ^""");
    }

    @Test
    void aWrongTypeNamesFoundAndExpected() {
        assertThat(scripts.messageWith("train { steps 1.5 }")).isEqualTo("""
                try.groovy:2:15: steps is 1.5, expected a whole number
                    train { steps 1.5 }
                                  ^""");
        assertThat(scripts.messageWith("train { evaluate { every '60' } }")).isEqualTo("""
                try.groovy:2:26: every is '60', expected a whole number
                    train { evaluate { every '60' } }
                                             ^""");
        assertThat(scripts.messageWith("train { precision 'fp32' }")).isEqualTo("""
                try.groovy:2:19: precision is 'fp32', expected a precision (fp32, tf32, bf16, auto)
                    train { precision 'fp32' }
                                      ^""");
        assertThat(scripts.messageWith("adapter annealed { from 1 }")).isEqualTo("""
                try.groovy:2:9: adapter is a sampler, expected an adapter (%s)
                    adapter annealed { from 1 }
                            ^""".formatted(ADAPTERS));
        assertThat(scripts.messageWith("adapter choice(shared(), annealed())")).isEqualTo("""
                try.groovy:2:9: adapter is a choice of an adapter and a sampler, expected an adapter (%s)
                    adapter choice(shared(), annealed())
                            ^""".formatted(ADAPTERS));
        assertThat(scripts.messageWith("train 5")).isEqualTo("""
                try.groovy:2:7: train is 5, expected a block of its options in braces
                    train 5
                          ^""");
        assertThat(scripts.messageWith("train { optimizer { learningRate 1e-4 } }"))
                .isEqualTo("""
                try.groovy:2:19: optimizer is a block in braces, expected an optimizer (adamW, bertAdam)
                    train { optimizer { learningRate 1e-4 } }
                                      ^""");
    }

    @Test
    void aValueOutOfRangeIsBlamedOnItsOwnLine() {
        assertThat(scripts.messageWith("train {\n    batchSize 16\n    steps(-1)\n    maxLength 64\n}"))
                .isEqualTo("""
                try.groovy:4:11: steps is -1, expected a whole number of at least 0
                    steps(-1)
                          ^""");
        assertThat(scripts.messageWith("train { evaluate { selectOn holdout(2) } }"))
                .isEqualTo("""
                try.groovy:2:29: holdout is 2.0, expected a fraction above 0 and below 1
                    train { evaluate { selectOn holdout(2) } }
                                                ^""");
    }

    @Test
    void optionsAtOddsAreBlamedOnTheirBlock() {
        assertThat(scripts.messageWith("adapter pal {\n    size 10\n    heads 3\n}"))
                .isEqualTo("""
                try.groovy:2:9: pal: size 10 is not a multiple of heads 3: each head takes an equal share
                    adapter pal {
                            ^""");
    }

    @Test
    void aLabelIsNotAnOption() {
        assertThat(scripts.messageWith("train {\n    steps: 120\n}")).isEqualTo("""
                try.groovy:3:5: 'steps:' is a label, which Groovy ignores; write the option without the colon: steps 120
                    steps: 120
                    ^""");
    }

    @Test
    void aVariableThatHidesAWordIsSaidToDoSo() {
        assertThat(scripts.messageOf("def steps = 5\n" + Scripts.complete("    train { steps 60 }")))
                .isEqualTo("""
                try.groovy:3:13: a variable of a word's name hides the word; rename the variable
                    train { steps 60 }
                            ^""");
    }

    @Test
    void namedArgumentsAreNotOptions() {
        assertThat(scripts.messageWith("adapter pal(size: 204)")).isEqualTo("""
                try.groovy:2:9: pal takes its options in braces, one a line or parted by ';', as in pal { heads … }. \
                Its options: heads, layers, size, tied
                    adapter pal(size: 204)
                            ^""");
    }

    @Test
    void anAssignmentIsNotAnOption() {
        assertThat(scripts.messageWith("train { steps = 120 }")).isEqualTo("""
                try.groovy:2:9: options are not assigned: write 'steps …' instead of 'steps = …'
                    train { steps = 120 }
                            ^""");
        assertThat(scripts.messageOf("n = 5\n")).isEqualTo("""
                try.groovy:1:1: nothing is called 'n' here; declare a variable with: def n = …
                    n = 5
                    ^""");
    }

    @Test
    void anOptionWithoutValueIsRefused() {
        assertThat(scripts.messageWith("adapter")).isEqualTo("""
                try.groovy:2:1: option 'adapter' of experiment has no value, expected an adapter (%s)
                    adapter
                    ^""".formatted(ADAPTERS));
    }

    @Test
    void anOptionIsGivenOnce() {
        assertThat(scripts.messageWith("train {\n    steps 1\n    steps 2\n}")).isEqualTo("""
                try.groovy:4:5: steps is given twice in train, first in line 3
                    steps 2
                    ^""");
    }

    @Test
    void aValueThatNoOptionTakesIsNotDropped() {
        assertThat(scripts.messageWith("train {\n    adamW { learningRate 1e-4 }\n}"))
                .isEqualTo("""
                try.groovy:3:5: adamW is given to no option of train; write the option before it. Options: accumulate, attendance, balance, batchSize, batchesPerStep, cacheFrozen, \
                compatibility, evaluate, freeze, lossLimit, maxLength, onDivergence, optimizer, padding, precision, recompute, steps, taskSizes, unfreeze
                    adamW { learningRate 1e-4 }
                    ^""");
    }

    @Test
    void theGridNamesOnlyAxesInPlace() {
        assertThat(scripts.messageOf("""
                def architecture = choice('architecture', shared(), pal())
                experiment('x') {
                    encoder bertBase.uncased; tasks glue.cola; adapter shared(); sampler proportional()
                    sweep { grid architecture }
                }
                """)).isEqualTo("""
                try.groovy:4:11: grid names the choice 'architecture', which stands nowhere in the experiment; give it to \
                an option, such as adapter or sampler
                    sweep { grid architecture }
                          ^""");
    }

    @Test
    void aChoiceNeedsValues() {
        assertThat(scripts.messageWith("adapter choice()")).isEqualTo("""
                try.groovy:2:9: choice has no values, expected one or more: choice(shared(), pal { size 204 })
                    adapter choice()
                            ^""");
    }

    @Test
    void allThatAnExperimentLacksIsSaidAtOnce() {
        assertThat(scripts.messageOf("experiment('x') {\n    adapter shared()\n    sampler proportional()\n}\n"))
                .isEqualTo("""
                try.groovy:1:1: experiment has no encoder; give it, e.g. encoder bertBase.uncased
                    experiment('x') {
                    ^
                try.groovy:1:1: experiment has no tasks; give it, e.g. tasks glue.cola, glue.mrpc
                    experiment('x') {
                    ^
                2 mistakes""");
    }

    @Test
    void aScriptDescribesOneExperiment() {
        assertThat(scripts.messageOf("def x = 4\n"))
                .isEqualTo("try.groovy: the script describes no experiment; begin with: experiment('try') { … }");
        assertThat(scripts.messageOf("experiment 'x'\n")).isEqualTo("""
                try.groovy:1:1: experiment takes a name and a block: experiment('quickstart') { … }
                    experiment 'x'
                    ^""");
    }

    @Test
    void whatDoesNotCompileNamesLineAndColumn() {
        assertThat(scripts.messageOf("experiment('x') {\n    train { steps 5 )\n}\n"))
                .isEqualTo("""
                try.groovy:2:21: Unexpected input: 'train { steps 5 )'; is a brace, bracket or comma missing, or one too many?
                    train { steps 5 )
                                    ^""");
    }

    @Test
    void anExceptionOfTheScriptsOwnNamesTheLine() {
        assertThat(scripts.messageWith("layers 4.intdiv(0)")).isEqualTo("""
                try.groovy:2: the script stopped with ArithmeticException: / by zero
                    layers 4.intdiv(0)""");
    }

    @Test
    void aScriptThatIsNotThereOrNotTextIsNamed() throws Exception {
        Path absent = folder.resolve("absent.groovy");
        assertThatThrownBy(() -> ExperimentScript.load(absent, Vocabulary.installed(), Settings.defaults()))
                .isInstanceOf(PaletteException.class)
                .hasMessage("there is no script " + absent + "; give the path of an experiment script");
        assertThatThrownBy(() -> ExperimentScript.load(folder, Vocabulary.installed(), Settings.defaults()))
                .hasMessage(folder + " is a directory, expected an experiment script such as quickstart.groovy");
        Path binary = Files.write(folder.resolve("binary.groovy"), new byte[] {(byte) 0xff, 0});
        assertThatThrownBy(() -> ExperimentScript.load(binary, Vocabulary.installed(), Settings.defaults()))
                .hasMessage(binary + " is not UTF-8 text; save the script in UTF-8");
    }

    @Test
    void onlyWhatIsComputedInParallelCanBeScaledByLhuc() {
        assertThat(scripts.messageWith("adapter lhuc { of houlsby() }")).isEqualTo("""
                try.groovy:2:19: of is an adapter, expected a parallel adapter (lhuc, lowRank, pal, shared)
                    adapter lhuc { of houlsby() }
                                      ^""");
    }

    @Test
    void aLayerIsAWholeNumber() {
        assertThat(scripts.messageWith("adapter pal { layers 'top' }")).isEqualTo("""
                try.groovy:2:22: layers is 'top', expected a whole number
                    adapter pal { layers 'top' }
                                         ^""");
        assertThat(scripts.messageWith("adapter pal { layers(-1) }")).isEqualTo("""
                try.groovy:2:22: layers has -1, expected layers counted from 0, e.g. layers 6..11
                    adapter pal { layers(-1) }
                                         ^""");
    }
}
