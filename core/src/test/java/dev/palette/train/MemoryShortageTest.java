package dev.palette.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palette.pretrained.BertConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process whose memory is limited trains on a batch that does not fit into it. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class MemoryShortageTest {
    /** What half of the batch needs beside what was there before, and the whole of it does not have enough of, in kB. */
    private static final long FOR_TRAINING = 150_000;

    @TempDir
    Path folder;

    @Test
    void itDividesTheBatchAndComesToTheNumbersOfAnUndisturbedOne() throws Exception {
        JsonNode undisturbed = train("unlimited");
        JsonNode limited = train(Long.toString(undisturbed.get("atStart").asLong() + FOR_TRAINING));

        assertThat(undisturbed.get("remarks")).isEmpty();
        assertThat(limited.get("remarks")).hasSize(1);
        assertThat(limited.get("remarks").get(0).asText())
                .matches("for want of memory a step's batch was divided into (2|4) parts, not 1");
        assertThat(limited.get("messages").get(0).asText())
                .matches("memory does not suffice for 256 examples at a time; from step [1-4] on a batch has 2 parts");
        assertThat(limited.get("losses")).hasSameSizeAs(undisturbed.get("losses"));
        for (int i = 0; i < limited.get("losses").size(); i++) {
            assertThat(limited.get("losses").get(i).asDouble())
                    .as("step %d", i)
                    .isCloseTo(undisturbed.get("losses").get(i).asDouble(), within(1e-6));
        }
    }

    /** @param limit of the process's data, in kB */
    private JsonNode train(String limit) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path result = Files.createTempDirectory(folder, "run").resolve("result.json");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -d " + limit + "; exec \"$@\"",
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xms64m", // all of it is taken at the start, so that the limit is for tensors
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Train.class.getName(),
                        result.toString())
                .directory(folder.toFile())
                .inheritIO();
        builder.environment().remove("GLIBC_TUNABLES");
        assertThat(builder.start().waitFor()).isZero();
        return new ObjectMapper().readTree(result.toFile());
    }

    /** Trains one task, and writes what happened. */
    static final class Train extends TinyTraining {
        private static final int BATCH = 256;
        private static final int LENGTH = 64;
        private static final int EXAMPLES = 600;
        private static final BertConfig CONFIG = new BertConfig(40, 96, 2, 4, 384, LENGTH, 2, 0, 0, 1e-12);

        private long atStart;

        private Train(Path checkpoints) {
            super(
                    TinyTraining.plan()
                            .steps(4)
                            .batchSize(BATCH)
                            .maxLength(LENGTH)
                            .build(),
                    CONFIG,
                    checkpoints);
        }

        @Override
        MadeUpExamples examples(StubTask task) {
            atStart = data();
            return new MadeUpExamples(task.loss(), EXAMPLES, LENGTH);
        }

        /** What the limit is for, in kB. */
        private static long data() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmData"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public static void main(String[] arguments) throws IOException {
            Path result = Path.of(arguments[0]);
            Train train = new Train(result.resolveSibling("checkpoints"));
            train.train(new StopSignal(), Duration.ofHours(1));
            ObjectNode found = JsonNodeFactory.instance.objectNode().put("atStart", train.atStart);
            train.losses.forEach(found.withArray("losses")::add);
            train.messages.forEach(found.withArray("messages")::add);
            train.remarks.forEach(found.withArray("remarks")::add);
            Files.writeString(result, found.toString());
        }
    }
}
