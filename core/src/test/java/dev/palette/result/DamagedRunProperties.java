package dev.palette.result;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.experiment.Examples;
import dev.palette.experiment.Trial;
import dev.palette.spec.PaletteException;
import dev.palette.storage.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** No byte of a run's files can be another, or missing, without its being seen. */
class DamagedRunProperties {
    private static final Trial TRIAL = Examples.experiment().trials().get(0);

    private static Path out;

    @BeforeContainer
    static void finish() throws IOException {
        out = Files.createTempDirectory("damaged");
        RunDirectory run = run();
        run.open(Provenance.present(TRIAL, "cpu()", "fp32", 2, "aaaa", Map.of("cola/train", "bbbb")));
        run.finish(Results.of(TRIAL, 0.5));
    }

    @AfterContainer
    static void remove() {
        FileTree.delete(out);
    }

    @Property(tries = 2_000)
    void everyChangeOfAByteIsSeen(
            @ForAll @IntRange(max = 1_000_000) int place,
            @ForAll @ByteRange(min = -128, max = 127) byte change,
            @ForAll File file)
            throws IOException {
        byte[] whole = Files.readAllBytes(file.path());
        byte[] bytes = whole.clone();
        bytes[place % bytes.length] ^= change == 0 ? 1 : change;
        assertIsSeen(file, bytes, whole);
    }

    @Property(tries = 500)
    void everyTruncationIsSeen(@ForAll @IntRange(max = 1_000_000) int length, @ForAll File file) throws IOException {
        byte[] whole = Files.readAllBytes(file.path());
        assertIsSeen(file, Arrays.copyOf(whole, length % whole.length), whole);
    }

    private static void assertIsSeen(File file, byte[] bytes, byte[] whole) throws IOException {
        Files.write(file.path(), bytes);
        try {
            assertThatThrownBy(() -> file.read.call())
                    .isInstanceOf(PaletteException.class)
                    .hasMessageStartingWith(file.path() + " is damaged: ");
        } finally {
            Files.write(file.path(), whole);
        }
    }

    private static RunDirectory run() {
        return RunDirectory.of(out, "pals", TRIAL);
    }

    /** A file and what reads it. */
    enum File {
        TRIAL_JSON("trial.json", () -> run().state()),
        PROVENANCE("provenance.json", () -> run().provenance()),
        RESULT("result.json", () -> run().state());

        private final String file;
        private final Callable<?> read;

        File(String file, Callable<?> read) {
            this.file = file;
            this.read = read;
        }

        private Path path() {
            return run().folder().resolve(file);
        }
    }
}
