package dev.palette.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which a page's commands are given: the data that ships, a {@code palette} that starts the real command line in a process of
 * its own, and a tiny encoder in the place of BERT-base.
 */
final class Workplace {
    private static final String ENCODER = "encoder bertBase.uncased";

    /** Of each table; all of them would only take longer. */
    private static final int ROWS = 100;

    private final Path folder;

    Workplace(Path folder, Path plugins) throws IOException {
        this.folder = folder;
        Path data = Path.of("data", "quickstart");
        TinyBert.write(folder.resolve("tiny"), data);
        copy(data, folder.resolve("experiments/data/quickstart"));
        Path launcher = Files.writeString(folder.resolve("palette"), """
                #!/bin/sh
                PALETTE_CACHE_DIR=%s exec %s/bin/java -Xmx512m -XX:TieredStopAtLevel=1 -DOPT_OUT_TRACKING=true -Dai.djl.offline=true \\
                    -DRUST_FLAVOR=cpu -cp '%s:%s' dev.palette.cli.Main "$@"
                """.formatted(
                        folder.resolve("cache"),
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        plugins));
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + launcher + " executable");
        }
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace(ENCODER, "encoder 'tiny'"));
    }

    /** What a shell prints of a command, both its streams as they come. */
    List<String> run(String command) {
        try {
            return printed(command);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    private List<String> printed(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes());
        return printed.replace(folder + "/tiny", "bertBase.uncased")
                .replace(folder.toString(), "…")
                .lines()
                .toList();
    }

    /** The tables of a folder, shortened. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.write(
                        target, Files.readAllLines(file).stream().limit(ROWS).toList());
            }
        }
    }
}
