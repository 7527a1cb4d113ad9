package dev.palette.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.adapter.Adapter;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Common;
import dev.palette.adapter.Composed;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Shared;
import dev.palette.adapter.Trained;
import dev.palette.sampler.Dynamic;
import dev.palette.sampler.Only;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.Staged;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Block;
import dev.palette.spec.Description;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
    private static final String SERVICE = "META-INF/services/dev.palette.experiment.Plugin";

    @Test
    void theMethodsOfThePaperAreBuiltIn() {
        Vocabulary vocabulary = Vocabulary.installed();
        assertThat(vocabulary.adapters())
                .containsKeys(
                        "composed",
                        "houlsby",
                        "lhuc",
                        "lowRank",
                        "pal",
                        "separate",
                        "shared",
                        "topAttention",
                        "topLayer");
        assertThat(vocabulary.samplings()).containsKeys("annealed", "proportional", "roundRobin", "squareRoot");
        assertThat(vocabulary.tasks()).containsKeys("glue.cola", "glue.mnli", "glue.ax");
    }

    @Test
    void everyWordsBlockMakesItsRecordAndTheRecordKnowsItsWord() {
        Vocabulary vocabulary = Vocabulary.installed();
        vocabulary.adapters().forEach((name, word) -> {
            Block<? extends Adapter> block = word.newBlock().get();
            if (block instanceof Composed.Options sum) { // has nothing to add up by default
                sum.of(new Shared(), new Shared());
            } else if (block instanceof Common.Options common) { // nor to have in common
                common.of(new Pal(12, 6));
            } else if (block instanceof Fusion.Options fusion) { // nor adapters to fuse
                Bottleneck bottleneck = Bottleneck.of(b -> {});
                fusion.of(new Trained(bottleneck, "a.safetensors", "a"), new Trained(bottleneck, "b.safetensors", "b"));
            } else if (block instanceof Trained.Options trained) { // nor a file to start from
                trained.of(new Pal(12, 6)).file("pals.safetensors");
            }
            assertThat(block.build())
                    .isInstanceOf(word.type())
                    .satisfies(adapter -> assertThat(adapter.word()).isEqualTo(name));
        });
        vocabulary
                .samplings()
                .forEach((name, word) -> assertThat(
                                filled(word.newBlock().get()).build())
                        .isInstanceOf(word.type())
                        .satisfies(sampling -> assertThat(sampling.word()).isEqualTo(name)));
        vocabulary
                .balancings()
                .forEach((name, word) -> assertThat(word.newBlock().get().build())
                        .isInstanceOf(word.type())
                        .satisfies(balancing -> assertThat(balancing.word()).isEqualTo(name)));
        vocabulary
                .tasks()
                .forEach((name, word) -> assertThat(word.newBlock().get().build())
                        .isInstanceOf(word.type())
                        .satisfies(task -> assertThat(task.word()).isEqualTo(name)));
    }

    /** With what a script must say. */
    private static Block<? extends TaskSampling> filled(Block<? extends TaskSampling> block) {
        if (block instanceof Only.Options only) {
            return only.tasks("cola");
        } else if (block instanceof Dynamic.Options dynamic) {
            return dynamic.singleTask(Map.of("cola", 0.5));
        } else if (block instanceof Staged.Options staged) {
            return staged.stages(new SquareRoot(), new RoundRobin()).at(0.5);
        }
        return block;
    }

    @Test
    void aPluginOnTheClassPathAddsItsWord(@TempDir Path jar) throws IOException {
        compile(jar, "twice", """
                package twice;
                public record Twice(int times) implements dev.palette.sampler.TaskSampling {
                    public String label() { return "twice"; }
                    public dev.palette.sampler.TaskSampler sampler(dev.palette.sampler.TaskSizes tasks, long draws) { return (draw, uniform, reports) -> 0; }
                    public static final class Options implements dev.palette.spec.Block<Twice> {
                        private int times = 2;
                        public Options times(int value) { times = value; return this; }
                        public Twice build() { return new Twice(times); }
                    }
                    public static final class Plugin extends dev.palette.experiment.Plugin {
                        protected void configure() { sampling("twice", Twice.class, Options::new); }
                    }
                }
                """, "Twice");
        Files.createDirectories(jar.resolve(SERVICE).getParent());
        Files.writeString(jar.resolve(SERVICE), "twice.Twice$Plugin\n");

        try (URLClassLoader plugins =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            Vocabulary vocabulary = Vocabulary.installed(plugins);

            assertThat(vocabulary.samplings()).containsKeys("twice", "annealed");
            Trial example = Examples.experiment().trials().get(0);
            Trial trial = new Trial(
                    example.encoder(),
                    0,
                    example.tasks(),
                    example.adapter(),
                    vocabulary.samplings().get("twice").newBlock().get().build(),
                    example.training(),
                    1);
            assertThat(trial.json()).contains("\"sampling\":{\"times\":2,\"word\":\"twice\"}");
            assertThat(TrialJson.read(trial.json(), vocabulary)).isEqualTo(trial);
            assertThatThrownBy(() -> TrialJson.read(trial.json(), Vocabulary.installed()))
                    .hasMessageStartingWith("trial: sampling: unknown sampling method 'twice'");
        }
    }

    @Test
    void aPluginAddsWordsToAFamilyThatAnotherPackageBrings() {
        WordFamily<Colour> colours = new WordFamily<>("colour", Colour.class);
        Plugin plugin = new Plugin() {
            @Override
            protected void configure() {
                word(colours, "colour", Colour.class, () -> () -> new Colour("red"));
            }
        };
        Vocabulary vocabulary = Vocabulary.of(List.of(new BuiltInWords(), plugin));

        assertThat(vocabulary.words(colours).get("colour").newBlock().get().build())
                .isEqualTo(new Colour("red"));
        assertThat(vocabulary.adapters()).containsKey("pal").doesNotContainKey("colour");
        assertThat(Vocabulary.of(List.of(new BuiltInWords())).words(colours)).isEmpty();
        assertThatThrownBy(() -> Vocabulary.of(List.of(plugin, plugin))).hasMessageContaining("colour 'colour'");
    }

    @Test
    void aPluginThatCannotBeLoadedIsNamed(@TempDir Path jar) throws IOException {
        Files.createDirectories(jar.resolve(SERVICE).getParent());
        Files.writeString(jar.resolve(SERVICE), "gone.Plugin\n");

        try (URLClassLoader plugins =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
            assertThatThrownBy(() -> Vocabulary.installed(plugins))
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("a plug-in cannot be loaded: ")
                    .hasMessageContaining("gone.Plugin");
        }
    }

    @Test
    void twoPluginsOfOneWordAreBothNamed() {
        assertThatThrownBy(() -> Vocabulary.of(List.of(new BuiltInWords(), new SecondShared())))
                .isInstanceOf(PaletteException.class)
                .hasMessage(
                        "two plug-ins give the adapter 'shared': Palette itself and %s; remove one of them or rename its word"
                                .formatted(SecondShared.class.getName()));
    }

    @Test
    void aPluginThatFailsIsNamed() {
        assertRefused(
                new Plugin() {
                    @Override
                    protected void configure() {
                        throw new UnsupportedOperationException("no such device");
                    }
                },
                "no such device");
    }

    @Test
    void aWordBoundTwiceByOnePluginIsRefused() {
        assertRefused(
                new Plugin() {
                    @Override
                    protected void configure() {
                        adapter("shared", Shared.class, Shared.Options::new);
                        adapter("shared", Shared.class, Shared.Options::new);
                    }
                },
                "adapter 'shared' is bound twice");
    }

    @Test
    void aWordMustBeAnIdentifier() {
        assertRefused(
                new Plugin() {
                    @Override
                    protected void configure() {
                        sampling("round-robin", RoundRobin.class, RoundRobin.Options::new);
                    }
                },
                "sampling method 'round-robin' cannot stand in a script; a word is a Java identifier");
    }

    @Test
    void aWordMustBeWhatItsRecordCallsItself() {
        assertRefused(
                new Plugin() {
                    @Override
                    protected void configure() {
                        adapter("projected", Pal.class, Pal.Options::new);
                    }
                },
                "adapter 'projected' makes dev.palette.adapter.Pal, which calls itself 'pal' in a trial's JSON;"
                        + " rename the class or override word()");
    }

    private static void assertRefused(Plugin plugin, String message) {
        assertThatThrownBy(() -> Vocabulary.of(List.of(plugin)))
                .isInstanceOf(PaletteException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(plugin.getClass().getName());
    }

    private static void compile(Path classes, String folder, String source, String name) throws IOException {
        Path file = Files.createDirectories(classes.resolve("source").resolve(folder))
                .resolve(name + ".java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    /** What no script knows. */
    private record Colour(String name) implements Description {}

    /** Takes a word that is taken. */
    private static final class SecondShared extends Plugin {
        @Override
        protected void configure() {
            adapter("shared", Shared.class, Shared.Options::new);
        }
    }
}
