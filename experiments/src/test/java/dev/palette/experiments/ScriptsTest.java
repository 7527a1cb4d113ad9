package dev.palette.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palette.dsl.ExperimentScript;
import dev.palette.experiment.Experiment;
import dev.palette.experiment.ExperimentAxis;
import dev.palette.experiment.ModelSizes;
import dev.palette.experiment.Settings;
import dev.palette.experiment.Strategy;
import dev.palette.experiment.Trial;
import dev.palette.experiment.Vocabulary;
import dev.palette.task.Split;
import dev.palette.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script that ships is planned: compiled, evaluated and expanded to its trials, with nothing run. */
class ScriptsTest {
    private static final Path FOLDER = Path.of("");
    private static final Path PAPER = Path.of("paper");

    @TempDir
    Path home;

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptDescribesTrialsUnderItsFilesName(Path script) {
        ExperimentScript loaded = load(script);

        assertThat(loaded.experiment().name() + ".groovy")
                .isEqualTo(script.getFileName().toString());
        if (loaded.experiment().sweep().strategy() instanceof Strategy.Grid) {
            assertThat(loaded.experiment().trials()).isNotEmpty();
            assertThat(loaded.experiment().trials()).extracting(Trial::id).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("paperScripts")
    void thePapersScriptsAreShortAndHaveAReducedForm(Path script) throws IOException {
        assertThat(Files.readAllLines(script)).hasSizeLessThan(40);
        Experiment whole = load(script).experiment();
        Experiment reduced = load(script, "profile=reduced").experiment();

        assertThat(reduced.name()).isEqualTo(whole.name() + "-reduced");
        assertThat(reduced.trials()).hasSizeLessThanOrEqualTo(whole.trials().size());
        assertThat(reduced.trials()).allSatisfy(trial -> {
            assertThat(trial.training().steps()).isLessThanOrEqualTo(600);
            assertThat(trial.tasks()).extracting(Task::name).isSubsetOf("cola", "mrpc", "sts", "rte", "mnli");
        });
    }

    @Test
    void theSearchVariesWhatItsTableChooses() {
        ExperimentScript search = load(FOLDER.resolve("search.groovy"));

        assertThat(search.experiment().axes())
                .extracting(ExperimentAxis::name)
                .containsExactly("architecture", "size", "rank", "rate");
        assertThat(search.table().choose()).containsExactly("size", "rank", "rate");
    }

    @Test
    void theQuickstartComparesSharingEverythingWithPals() {
        assertThat(load(FOLDER.resolve("quickstart.groovy")).experiment().trials())
                .extracting(trial -> trial.adapter().word())
                .containsExactly("shared", "pal");
    }

    @Test
    void theQuickstartReadsTheDataBesideItAsGlueTasks() {
        ExperimentScript quickstart = load(FOLDER.resolve("quickstart.groovy"));
        Path data = quickstart.settings().dataDirectory().orElseThrow();

        assertThat(quickstart.experiment().tasks())
                .extracting(Task::name)
                .containsExactly("acceptability", "paraphrase", "similarity");
        assertThat(quickstart.experiment().tasks()).allSatisfy(task -> {
            assertThat(task.read(Split.TRAIN, data).size()).isBetween(500, 900);
            assertThat(task.read(Split.DEV, data).size()).isBetween(200, 300);
        });
    }

    @Test
    void glueSmallTakesItsDataFromTheCommandLine() {
        ExperimentScript glue = load(FOLDER.resolve("glue-small.groovy"), "data.dir=/elsewhere/glue_data");

        assertThat(load(FOLDER.resolve("glue-small.groovy")).settings().dataDirectory())
                .isEmpty();
        assertThat(glue.settings().dataDirectory()).contains(Path.of("/elsewhere/glue_data"));
        assertThat(glue.experiment().tasks()).extracting(Task::name).containsExactly("cola", "mrpc", "sts", "rte");
    }

    @Test
    void equalBudgetsAreEqual() {
        Experiment equal = load(FOLDER.resolve("sweeps/equal-budget.groovy")).experiment();
        ModelSizes sizes = new ModelSizes(home);

        assertThat(equal.sweep().seeds()).hasSizeGreaterThanOrEqualTo(3);
        List<Double> ratios = equal.variants().stream()
                .map(variant -> sizes.of(variant).ratio())
                .toList();
        List<Double> full = ratios.stream().filter(ratio -> ratio > 1.05).toList(); // the others are marked as light
        assertThat(ratios).hasSize(20);
        assertThat(full).hasSize(13).allSatisfy(ratio -> assertThat(ratio).isCloseTo(1.13, within(0.005)));
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> top = Files.list(FOLDER.toAbsolutePath());
                Stream<Path> sweeps = Files.list(FOLDER.resolve("sweeps").toAbsolutePath());
                Stream<Path> paper = Files.list(PAPER.toAbsolutePath())) {
            return Stream.of(top, sweeps, paper)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".groovy") && !file.endsWith("reduced.groovy"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> paperScripts() throws IOException {
        return scripts().stream()
                .filter(script -> script.startsWith(PAPER.toAbsolutePath()))
                .toList();
    }

    /** As on a machine whose user has set nothing. */
    private ExperimentScript load(Path script, String... assignments) {
        Settings.Sources sources = new Settings.Sources(
                script.toAbsolutePath(), List.of(assignments), Map.of(), home, FOLDER.toAbsolutePath());
        return ExperimentScript.load(script.toAbsolutePath(), Vocabulary.installed(), Settings.load(sources));
    }
}
