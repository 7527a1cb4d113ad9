package dev.palette.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.adapter.Pal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code include 'common.groovy'} puts a file's text in its place. */
class IncludeTest {
    @TempDir
    private Path folder;

    private Scripts scripts;

    @BeforeEach
    void inAFolderOfItsOwn() {
        scripts = new Scripts(folder);
    }

    @Test
    void variablesAndFunctionsOfTheFileAreTheScripts() throws Exception {
        write(
                "common.groovy",
                "import static java.lang.Math.max\ndef width = max(5, 6)\ndef small(n) { pal { size 6 * n } }\n");

        ExperimentScript script = scripts.load("include 'common.groovy'\n" + Scripts.complete("adapter small(width)"));

        assertThat(script.experiment().adapters()).containsExactly(new Pal(36, 6));
        assertThat(script.text()).contains("def width = max(5, 6)").doesNotContain("include");
    }

    @Test
    void aMistakeInTheFileNamesTheFileAndItsLine() throws Exception {
        write("common.groovy", "// sizes\ndef small = pal { sizes 6 }\ndef many(n) { pal { size n } }\n");
        String script = "include 'common.groovy'  // what both share\n" + Scripts.complete("adapter small; layers '4'");

        assertThat(scripts.messageOf(script)).isEqualTo("""
                common.groovy:2:19: unknown word 'sizes' in pal; did you mean 'size'? Known options of pal: heads, layers, size, tied.
                    def small = pal { sizes 6 }
                                      ^
                try.groovy:3:23: layers is '4', expected a whole number
                    adapter small; layers '4'
                                          ^
                2 mistakes""");
        assertThat(scripts.messageOf("include 'common.groovy'\n".replace("common", "shared")))
                .startsWith(
                        "try.groovy:1:9: there is no file shared.groovy to include; its path is relative to try.groovy");
        write("common.groovy", "\ndef computed(n) { pal { size n } }\n");
        assertThat(scripts.messageOf(
                        "include 'common.groovy'\n" + Scripts.complete("adapter computed(-1 * 'a'.size())")))
                .startsWith("common.groovy:2:30: size is -1, expected a whole number of at least 1");
    }

    @Test
    void aFileIsIncludedOnceAndItsPathIsRelativeToTheFileThatAsks() throws Exception {
        Files.createDirectories(folder.resolve("parts"));
        write("parts/base.groovy", "def width = 6\n");
        write("parts/one.groovy", "include 'base.groovy'\ndef one = pal { size width }\n");
        write("parts/two.groovy", "include 'base.groovy'\ndef two = pal { size 2 * width }\n");

        ExperimentScript script = scripts.load("include 'parts/one.groovy'\ninclude 'parts/two.groovy'\n"
                + Scripts.complete("adapter choice(one, two)"));

        assertThat(script.experiment().adapters()).containsExactly(new Pal(6, 6), new Pal(12, 6));
    }

    @Test
    void aFileThatIncludesItselfIsRefused() throws Exception {
        write("a.groovy", "include 'b.groovy'\n");
        write("b.groovy", "\ninclude 'a.groovy'\n");

        assertThat(scripts.messageOf("include 'a.groovy'\n")).isEqualTo("""
                b.groovy:2:1: a.groovy includes itself, by way of what it includes
                    include 'a.groovy'
                    ^""");
    }

    @Test
    void anIncludeInBracesOrOfAComputedNameIsRefused() throws Exception {
        write("common.groovy", "def width = 6\n");

        assertThat(scripts.messageWith("include 'common.groovy'")).startsWith("try.groovy:2:1: include stands alone");
        assertThat(scripts.messageOf("def name = 'common'\ninclude \"${name}.groovy\"\n"))
                .startsWith("try.groovy:2:1: include stands alone");
        assertThat(scripts.messageOf("include 'common.groovy'; println 'x'\n"))
                .startsWith("try.groovy:1:1: include stands on a line of its own");
    }

    @Test
    void whatDoesNotCompileIsBlamedOnItsOwnFile() throws Exception {
        write("common.groovy", "def width = {\n");

        assertThat(scripts.messageOf("include 'common.groovy'\n")).startsWith("common.groovy:");
        write("common.groovy", "include 'x' )\n");
        assertThat(scripts.messageOf("include 'common.groovy'\n")).startsWith("common.groovy:1:");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
