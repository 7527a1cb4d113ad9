package dev.palette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.session.RunnerBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that help with scripts: new, words, config, completion. */
class ScriptCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void newWritesAScriptThatIsAnExperimentAsItStands() {
        Path file = folder.resolve("first.groovy");

        CommandRun written = CommandRun.of("new", folder.resolve("first"));

        assertThat(written.code()).isZero();
        assertThat(written.out()).isEqualTo("written: %s; next: palette run %s --dry-run%n".formatted(file, file));
        ExperimentScript script = ExperimentScript.load(file, Vocabulary.installed(), Settings.defaults());
        assertThat(script.experiment().name()).isEqualTo("first");
        assertThat(script.experiment().trials()).hasSize(6);
        assertThat(file).content().contains("palette run " + file);
    }

    @Test
    void newLeavesAFileAloneAndRefusesANameThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.groovy"), "// mine\n");

        CommandRun again = CommandRun.of("new", file);
        CommandRun odd = CommandRun.of("new", folder.resolve("two words"));

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains(file + " is there already and is left alone");
        assertThat(file).hasContent("// mine");
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err()).contains("'two words' can't name an experiment");
    }

    @Test
    void wordsTellsOneOrAllAndSaysWhatIsNear() throws IOException {
        assertThat(CommandRun.of("words", "pal").out()).contains("pal { … }: an adapter", "204 by default");
        assertThat(CommandRun.of("words").out()).contains("a sampler:", "palette words WORD tells more of one.");
        assertThat(CommandRun.of("words", "pall").err()).contains("unknown word 'pall'; did you mean 'pal'?");
        assertThat(new ObjectMapper()
                        .readTree(CommandRun.of("words", "--json").out())
                        .path("words"))
                .hasSizeGreaterThan(50);
    }

    @Test
    void configNamesTheOriginOfEverySetting() throws IOException {
        Files.writeString(folder.resolve("palette.properties"), "train.batchSize = 8\n\ntrain.steps = 7\n");
        Path script = Files.writeString(folder.resolve("try.groovy"), """
                experiment('try') {
                    encoder bertBase.uncased
                    tasks glue.cola
                    dataDir 'data'
                    adapter shared()
                    sampler proportional()
                    train {
                        steps 120
                        maxLength choice(32, 64)
                        optimizer bertAdam { learningRate 3e-5 }
                    }
                }
                """);

        CommandRun config = CommandRun.of("config", script, "--set", "train.padding=max");

        assertThat(config.code()).as(config.err()).isZero();
        assertThat(config.out())
                .containsPattern("train.batchSize +8 +.*palette.properties:1\n")
                .containsPattern("train.steps +120 +.*try.groovy:8\n")
                .containsPattern("train.maxLength +varies +.*try.groovy:9\n")
                .containsPattern("train.optimizer.learningRate +3e-5 +.*try.groovy:10\n")
                .containsPattern("train.optimizer.warmupFraction +0.1 +default\n")
                .containsPattern("train.padding +max +--set\n")
                .containsPattern("train.evaluate.selectOn +holdout\\(0.1\\) +default\n")
                .containsPattern("data.dir +data +.*try.groovy:4\n")
                .containsPattern("out +runs +default\n")
                .doesNotContain("train.onDivergence.factor"); // stop has none
    }

    @Test
    void configWithoutAScriptIsThatOfEveryExperimentAndReadableByPrograms() throws IOException {
        CommandRun config = CommandRun.of("config", "--set", "export.csv.dir=/tmp/csv", "--json");

        JsonNode all = new ObjectMapper().readTree(config.out());
        assertThat(all).anySatisfy(setting -> {
            assertThat(setting.path("key").asText()).isEqualTo("export.csv.dir");
            assertThat(setting.path("origin").asText()).isEqualTo("--set");
        });
        assertThat(all.findValuesAsText("key")).contains("seeds", "threads", "run.devices", "train.steps");
    }

    @Test
    void everyCommandsHelpHasExamplesAndExitCodes() {
        assertThat(Main.commandLine(new RunnerBackend()).getSubcommands()).allSatisfy((name, command) -> {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).as(name).contains("Exit codes:", "Example").contains("--version", "--help");
        });
    }

    @Test
    void completionKnowsCommandsAndTheirOptions() {
        CommandRun script = CommandRun.of("completion", "zsh");

        assertThat(script.code()).isZero();
        assertThat(script.out()).contains("complete -F _complete_palette", "bashcompinit", "--dry-run", "rerun");
    }
}
