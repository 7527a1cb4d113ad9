package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Settings;
import dev.palette.experiment.Vocabulary;
import dev.palette.table.Baseline;
import dev.palette.table.CellStyle;
import dev.palette.table.Mark;
import dev.palette.table.ReferenceTable;
import dev.palette.table.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code results { table { … } }} means. */
class ResultsBlockTest {
    private static final String SCRIPT = """
            def architecture = choice('architecture', shared(), pal { size 204; heads 6 })
            def sampling = choice(proportional(), squareRoot())
            experiment('try') {
                encoder bertBase.uncased
                tasks glue.cola, glue.mrpc
                adapter architecture
                sampler sampling
                results {
                    table {
                        %s
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    private TableSpec table(String lines) {
        return scripts.load(SCRIPT.formatted(lines)).table();
    }

    private String message(String lines) {
        return scripts.messageOf(SCRIPT.formatted(lines));
    }

    @Test
    void axesStandAsTheyStandInTheExperiment() {
        TableSpec table = table("""
                rows architecture, sampling
                columns task, average.paper, glue.cola, 'mrpc.f1', parameters, time
                compare architecture, shared()
                margin 0.5
                cells interval
                mark best, different
                """);

        assertThat(table.rows()).hasSize(2).last().isEqualTo("sampling");
        assertThat(table.columns()).containsExactly("task", "average.paper", "cola", "mrpc.f1", "parameters", "time");
        assertThat(table.baseline()).isInstanceOfSatisfying(Baseline.Value.class, baseline -> {
            assertThat(baseline.axis()).isEqualTo(table.rows().get(0));
            assertThat(baseline.value()).isEqualTo("shared");
        });
        assertThat(table.margin()).hasValue(0.005);
        assertThat(table.cells()).isEqualTo(CellStyle.INTERVAL);
        assertThat(table.marks()).containsExactlyInAnyOrder(Mark.BEST, Mark.DIFFERENT);
    }

    @Test
    void aScriptMayBeCalledAsAColumnIs() throws IOException {
        Path script = Files.writeString(folder.resolve("time.groovy"), SCRIPT.formatted("columns time"));
        Settings settings =
                Settings.load(new Settings.Sources(script, List.of(), Map.of(), folder.resolve("home"), folder));

        assertThat(ExperimentScript.load(script, Vocabulary.installed(), settings)
                        .table()
                        .columns())
                .containsExactly("time");
    }

    @Test
    void withoutTheBlockAllThatVariesIsShown() {
        assertThat(scripts.load("""
                        experiment('try') {
                            encoder bertBase.uncased
                            tasks glue.cola
                            adapter shared()
                            sampler proportional()
                        }
                        """).table()).isEqualTo(TableSpec.DEFAULT);
    }

    @Test
    void linesMayBeMeansOverAnAxisOrItsBestValueAndBeComparedInPairs() {
        TableSpec table = table("""
                rows adapter
                over sampling
                compare allPairs
                """);

        assertThat(table.rows()).containsExactly("adapter");
        assertThat(table.over()).containsExactly("sampling");
        assertThat(table.baseline()).isEqualTo(new Baseline.AllPairs());
        assertThat(table("choose sampling").choose()).containsExactly("sampling");
    }

    @Test
    void referencesLieBesideTheScript() throws IOException {
        Files.createDirectories(folder.resolve("references"));
        Files.writeString(folder.resolve("references/made-up.csv"), """
                # name: madeUp.glueTest
                # source: Somebody (2020)
                # split: GLUE's test server
                model,parameters,adapter,task,split,version,metric,percent,verified,note
                Theirs,1.00,shared,cola,test,GLUE v1,matthews,48.5,yes,
                """);

        assertThat(table("beside references.madeUp.glueTest").beside())
                .extracting(ReferenceTable::name)
                .containsExactly("madeUp.glueTest");
        assertThat(table("beside 'references/made-up.csv'").beside()).hasSize(1);
        assertThat(message("beside references.madeUp.glueTset"))
                .contains("references.madeUp.glueTset", "did you mean 'references.madeUp.glueTest'?");
    }

    @Test
    void wrongWordsNameTheLine() {
        assertThat(message("columns taskk")).startsWith("try.groovy:10").contains("unknown word 'taskk'");
        assertThat(message("compare shared()")).contains("expected an axis and its value that is the baseline");
        assertThat(message("rows 5")).contains("rows is 5, expected axes");
        assertThat(message("margin 200")).contains("margin is 200.0, expected points of a hundred");
        assertThat(message("beside 'nowhere.csv'")).contains("cannot read the reference", "it is missing");
    }
}
