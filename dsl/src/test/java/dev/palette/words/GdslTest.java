package dev.palette.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.experiment.Vocabulary;
import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.Test;

/** What an editor is told, evaluated as the editor does. */
class GdslTest {
    /** The words that an editor gives such a script, those of them that this one uses. */
    public abstract static class Editor extends Script {
        private final List<String> known = new ArrayList<>();
        private String call = "";
        private Object scope = "";

        public Object context(Map<String, Object> where) {
            return where.get("scope");
        }

        public Object scriptScope() {
            return "script";
        }

        public Object closureScope() {
            return "closure";
        }

        public void contributor(Object context, Closure<?> words) {
            if (context.equals(scope)) {
                words.setDelegate(this);
                words.call();
            }
        }

        public boolean enclosingCall(String word) {
            return word.equals(call);
        }

        public void method(Map<String, Object> described) {
            known.add(String.valueOf(described.get("name")));
        }

        public void property(Map<String, Object> described) {
            known.add(String.valueOf(described.get("name")));
        }

        List<String> wordsIn(String place, String block) {
            scope = place;
            call = block;
            known.clear();
            run();
            return List.copyOf(known);
        }
    }

    @Test
    void valuesAreKnownEverywhereAndOptionsInTheirOwnBlock() {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Editor.class.getName());
        Editor editor = (Editor)
                new GroovyShell(getClass().getClassLoader(), configuration).parse(Gdsl.of(Vocabulary.installed()));

        assertThat(editor.wordsIn("script", "")).contains("experiment", "pal", "choice", "fp32", "glue");
        assertThat(editor.wordsIn("closure", "pal"))
                .contains("size", "heads", "fp32")
                .doesNotContain("batchSize");
        assertThat(editor.wordsIn("closure", "train")).contains("batchSize", "optimizer", "adamW");
        assertThat(editor.wordsIn("closure", "cola")).contains("directory");
    }

    @Test
    void theJarHasIt() throws IOException {
        try (InputStream in = Objects.requireNonNull(Gdsl.class.getResourceAsStream("/palette.gdsl"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Gdsl.of(Vocabulary.installed()));
        }
    }
}
