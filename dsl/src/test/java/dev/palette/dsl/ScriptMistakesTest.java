package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script's author hears of every mistake at once, before anything of the script runs. */
class ScriptMistakesTest {
    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void theSeedOfASearchIsNoSeedOfTrials() {
        assertThat(scripts.messageWith("sweep { seed 7 }"))
                .startsWith("try.groovy:2:14: seed is 7, the seed of a search's random points")
                .contains("for the seeds of its trials write seeds 7");
        assertThat(scripts.messageWith("sweep { random 2; seed 7 }")).doesNotContain("seed is 7");
    }

    @Test
    void aForgottenCommaIsSaidWhereItIsMissing() {
        assertThat(scripts.messageWith("adapter choice(shared() pal { size 60 })"))
                .isEqualTo("""
                try.groovy:2:25: a comma is missing before 'pal'; without it Groovy takes that for a part of what stands before
                    adapter choice(shared() pal { size 60 })
                                            ^""");
        assertThat(scripts.messageWith("tasks glue.cola glue.rte"))
                .startsWith("try.groovy:2:17: a comma is missing before 'glue'");
    }

    @Test
    void tenMistakesAreReportedTogetherInTheOrderOfTheirLines() {
        String message = scripts.messageOf("""
                println 'running'
                experiment('typical') {
                    encodr bertBase.uncased
                    tasks glue.cola, glue.mrcp
                    adapter choice(shared(), pal { size '204' })
                    sampler anealed { phases 5 }
                    train {
                        steps: 60
                        batchsize 16
                        maxLength(-1)
                        seeds 1
                        steps = 5
                        optimizer adamW { learningRate 1e-4; learningRate 2e-4 }
                    }
                }
                """);

        assertThat(message.lines().filter(line -> line.startsWith("try.groovy")))
                .map(line -> line.replaceFirst("(; did you mean '\\\\w+'\\\\?)?(\\\\.)? Known.*", "$1"))
                .containsExactly(
                        "try.groovy:3:5: unknown word 'encodr' in experiment; did you mean 'encoder'?",
                        "try.groovy:4:27: unknown word 'glue.mrcp'; did you mean 'glue.mrpc'?",
                        "try.groovy:5:41: size is '204', expected a whole number",
                        "try.groovy:6:13: unknown word 'anealed' in experiment; did you mean 'annealed'?",
                        "try.groovy:8:9: 'steps:' is a label, which Groovy ignores; write the option without the colon: steps 60",
                        "try.groovy:9:9: unknown word 'batchsize' in train; did you mean 'batchSize'?",
                        "try.groovy:10:19: maxLength is -1, expected a whole number of at least 4",
                        "try.groovy:11:9: unknown word 'seeds' in train; did you mean 'steps'?",
                        "try.groovy:12:9: options are not assigned: write 'steps …' instead of 'steps = …'",
                        "try.groovy:13:46: learningRate is given twice in adamW, first in line 13");
        assertThat(message).endsWith("\n10 mistakes");
    }

    @Test
    void whatIsWrongInTheCompilersEyesStandsAmongTheOthers() {
        assertThat(scripts.messageWith("train { stepz 5 }\nlayers Nowhere.COUNT\ndef x = new Missing()"))
                .contains("unknown word 'stepz'", "unable to resolve class Missing", "\n2 mistakes");
    }

    @Test
    void functionsAndClosuresOfTheScriptAreLookedAtThoughNothingCallsThem() {
        assertThat(scripts.messageOf("def small(n) { pal { sizes n } }\ndef big = { n -> lowRank { size n } }\n"
                        + Scripts.complete("adapter shared()")))
                .startsWith("try.groovy:1:22: unknown word 'sizes' in pal");
    }

    @Test
    void bothBranchesAndTheInsideOfLoopsAreLookedAt() {
        String message = scripts.messageWith("""
                if (System.getenv('CI')) {
                    layers '4'
                } else {
                    layers(0.5)
                }
                for (n in 1..2) {
                    adapter pal { size n; hads 2 }
                }
                tasks(['a', 'b'].collect { title -> glue.cola { nam title } })
                """);

        assertThat(message)
                .contains(
                        "layers is '4', expected a whole number",
                        "layers is 0.5, expected a whole number",
                        "unknown word 'hads' in pal",
                        "unknown word 'nam' in glue.cola",
                        "\n4 mistakes");
    }

    @Test
    void anOptionInEachOfTwoBranchesIsGivenOnce() {
        assertThat(scripts.with("if (2 > 1) { layers 4 } else { layers 6 }").layers())
                .isEqualTo(4);
    }

    @Test
    void ofAValueThatMustBeComputedTheKindIsKnown() {
        assertThat(scripts.messageOf("def n = 'abc'.length()\n" + Scripts.complete("adapter annealed { phases n }")))
                .startsWith("try.groovy:3:9: adapter is a sampler, expected an adapter");
    }

    @Test
    void computedValuesAreCheckedAllWhenTheScriptIsEvaluated() {
        assertThat(scripts.messageOf("""
                def many = [1, 2].size() - 5
                def rate = 'a'.length() * 1.5
                experiment('try') {
                    encoder bertBase.uncased
                    tasks glue.cola
                    adapter pal { size many }
                    sampler annealed { to rate }
                    train { steps rate }
                }
                """)).isEqualTo("""
                try.groovy:6:24: size is -3, expected a whole number of at least 1
                    adapter pal { size many }
                                       ^
                try.groovy:7:27: to is 1.5, expected a number from 0 to 1
                    sampler annealed { to rate }
                                          ^
                try.groovy:8:19: steps is 1.5, expected a whole number
                    train { steps rate }
                                  ^
                3 mistakes""");
    }

    @Test
    void blocksMayStandInAnyOrder() {
        String script = """
                experiment('order') {
                    %s
                    %s
                }
                """;
        String blocks =
                "train { steps 7; evaluate { every 3 } }\nsweep { seeds 1, 2 }\ndataDir 'here'\npredictTest true";
        String values = "encoder bertBase.uncased\nsampler roundRobin()\nadapter pal()\ntasks glue.cola, glue.rte";

        ExperimentScript one = scripts.load(script.formatted(blocks, values));
        ExperimentScript other = scripts.load(script.formatted(values, blocks));

        assertThat(one.experiment().trials()).isEqualTo(other.experiment().trials());
        assertThat(one.settings().dataDirectory()).isEqualTo(other.settings().dataDirectory());
    }

    @Test
    void whatAScriptPrintsItPrintsOnce() {
        assertThat(scripts.load("def lines = []\nlines << 'x'\nassert lines.size() == 1\n"
                                + Scripts.complete("println 'inside'; assert lines.size() == 1"))
                        .warnings())
                .isEmpty();
    }
}
