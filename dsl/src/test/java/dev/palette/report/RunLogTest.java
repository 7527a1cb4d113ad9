package dev.palette.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsLoggedWhileItIsOpenIsInTheFileAndNowhereElse() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Path file = folder.resolve("run").resolve("run.log");
        try {
            LoggerFactory.getLogger("dev.palette.x").info("before");
            try (RunLog log = RunLog.open(file)) {
                LoggerFactory.getLogger("dev.palette.x").info("during");
                LoggerFactory.getLogger("ai.djl.x").info("chatter");
                LoggerFactory.getLogger("ai.djl.x").warn("a warning");
            }
            LoggerFactory.getLogger("dev.palette.x").info("after");
        } finally {
            System.setOut(console);
        }

        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).matches("\\S+T\\S+ INFO  dev.palette.x - during"),
                        line -> assertThat(line).endsWith("WARN  ai.djl.x - a warning"));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aSecondStartGoesOnInTheSameFile() throws Exception {
        Path file = folder.resolve("run.log");
        for (String line : new String[] {"first", "second"}) {
            try (RunLog log = RunLog.open(file)) {
                LoggerFactory.getLogger(RunLogTest.class).info(line);
            }
        }

        assertThat(Files.readString(file)).contains("first").contains("second");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> RunLog.open(file.resolve("run.log")))
                .isInstanceOf(PaletteException.class)
                .hasMessageStartingWith("can't write " + file.resolve("run.log") + ": ")
                .hasMessageEndingWith("; choose another folder with --out");
    }
}
