package dev.palette.pretrained;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.remote.DownloadProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FourProcessesTest {
    @TempDir
    Path folder;

    @Test
    void fourProcessesStartedTogetherBuildTheCacheOnce() throws Exception {
        Path jar = folder.resolve("tiny.jar");
        TinyRelease.write(jar);
        Path fetches = Files.createFile(folder.resolve("fetches"));

        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Resolve.class.getName(),
                            folder.resolve("cache").toString(),
                            jar.toString(),
                            fetches.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }

        for (Process process : processes) {
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(printed).contains("tiny.uncased-1.0");
        }
        assertThat(fetches).hasContent("fetched\n");
    }

    /** What each process runs. */
    static final class Resolve {
        private Resolve() {}

        public static void main(String[] arguments) {
            Path jar = Path.of(arguments[1]);
            ArtifactSource source = (coordinates, progress) -> {
                try {
                    Files.writeString(Path.of(arguments[2]), "fetched\n", StandardOpenOption.APPEND);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return jar;
            };
            ReleasedEncoders tiny = new ReleasedEncoders(List.of(TinyRelease.describe(jar)));
            System.out.println(new EncoderStore(Path.of(arguments[0]), tiny, source, DownloadProgress.SILENT)
                    .resolve(new EncoderSource.Released(TinyRelease.NAME)));
        }
    }
}
