package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Adapter;
import dev.palette.experiment.Trial;
import dev.palette.experiment.TrialJson;
import dev.palette.experiment.Vocabulary;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plug-in's jar on the class path is all it takes: its words stand in scripts beside the built-in ones. */
class PluginWordsTest {
    private static final String SCRIPT = """
            experiment('try') {
                encoder bertBase.uncased
                tasks glue.cola
                sampler proportional()
                adapter %s
            }
            """;

    @TempDir
    private static Path folder;

    private static URLClassLoader plugins;
    private static Vocabulary vocabulary;

    @BeforeAll
    static void aJarOnTheClassPath() throws Exception {
        plugins = new URLClassLoader(
                new URL[] {PluginJar.build(folder).toUri().toURL()}, Vocabulary.class.getClassLoader());
        vocabulary = Vocabulary.installed(plugins);
    }

    @AfterAll
    static void close() throws Exception {
        plugins.close();
    }

    @Test
    void itsWordDescribesAnAdapter() {
        Trial trial = load("bias { scale 0.5 }").experiment().trials().get(0);
        Adapter adapter = trial.adapter();

        assertThat(adapter.label()).isEqualTo("bias(0.5)");
        assertThat(adapter.getClass().getClassLoader()).isSameAs(plugins);
        assertThat(TrialJson.read(trial.json(), vocabulary)).isEqualTo(trial);
    }

    @Test
    void itsOptionsAreCheckedLikeAnyOther() {
        assertThatThrownBy(() -> load("bias { scales 0.5 }")).hasMessageEndingWith("""
                try.groovy:5:20: unknown word 'scales' in bias; did you mean 'scale'? Known options of bias: scale.
                    adapter bias { scales 0.5 }
                                   ^""");
        assertThatThrownBy(() -> load("bias { scale(-1) }")).hasMessageEndingWith("""
                try.groovy:5:26: scale is -1.0, expected a number greater than 0
                    adapter bias { scale(-1) }
                                         ^""");
    }

    @Test
    void anOldWordStillWorksAndIsWarnedOf() {
        ExperimentScript script = load("bias { factor 0.5 }");

        assertThat(script.experiment().adapters().get(0).label()).isEqualTo("bias(0.5)");
        assertThat(script.warnings()).singleElement().asString().endsWith("""
                try.groovy:5:20: warning: factor is an old word that a later version will not know; write scale
                    adapter bias { factor 0.5 }
                                   ^""");
        assertThatThrownBy(() -> load("bias { factor 0.5; scales 1 }"))
                .hasMessageContaining("write scale")
                .hasMessageContaining("unknown word 'scales'")
                .hasMessageEndingWith("\n1 mistake");
    }

    @Test
    void withoutTheJarTheWordIsUnknown() {
        assertThatThrownBy(() -> new Scripts(folder).load(SCRIPT.formatted("bias()")))
                .hasMessageContaining("try.groovy:5:13: unknown word 'bias' in experiment");
    }

    private static ExperimentScript load(String adapter) {
        return new Scripts(folder).load(vocabulary, SCRIPT.formatted(adapter));
    }
}
