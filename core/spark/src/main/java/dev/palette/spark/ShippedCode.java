package dev.palette.spark;

import dev.palette.spec.PaletteException;
import dev.palette.storage.AtomicFile;
import dev.palette.storage.FileTree;
import dev.palette.worker.JavaCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The program as it runs here, jars of plug-ins and libraries included and Spark's own excluded: it travels with the application, so that a
 * machine needs nothing but Spark and its Java.
 */
final class ShippedCode implements AutoCloseable {
    /** Options of this JVM that tell DJL what to load; others, among which there may be secrets, stay here. */
    private static final List<String> ENGINE =
            List.of("-DOPT_OUT_TRACKING=", "-Dai.djl.", "-DRUST_", "-DPYTORCH_", "--enable-native-access");

    private static final String ALLOCATOR = "GLIBC_TUNABLES";

    private final Path scratch;
    private final Map<String, Path> jars = new LinkedHashMap<>();

    ShippedCode() {
        try {
            scratch = Files.createTempDirectory("palette-spark-");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder can be made for what travels to Spark", e);
        }
        for (String entry : JavaCommand.classPath()) {
            Path path = Path.of(entry);
            if (Files.exists(path) && !isSparks(path)) {
                add(path);
            }
        }
    }

    /** Spark's jars lie together. */
    private static boolean isSparks(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> siblings = Files.list(parent)) {
            return siblings.anyMatch(each -> String.valueOf(each.getFileName()).startsWith("spark-core_"));
        } catch (IOException e) {
            throw AtomicFile.cannotRead(parent, e);
        }
    }

    private void add(Path path) {
        Path jar = Files.isDirectory(path) ? packed(path) : path;
        String name = String.valueOf(jar.getFileName());
        if (jars.putIfAbsent(name, jar) != null && !jars.get(name).equals(jar)) {
            throw new PaletteException(
                    "two files of the class path are called %s, of which Spark ships one: %s, %s; rename one of them"
                            .formatted(name, jars.get(name), jar));
        }
    }

    /** A folder of classes as a jar. */
    private Path packed(Path folder) {
        Path jar = scratch.resolve("classes-" + jars.size() + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(jar, e);
        }
        return jar;
    }

    /** Has Spark bring it to each executor: as files for the trials' processes, and what runs in the executor itself as its jar. */
    void ship(JavaSparkContext spark) {
        jars.values().forEach(jar -> spark.addFile(jar.toUri().toString()));
        spark.addJar(ownJar().toUri().toString());
    }

    private Path ownJar() {
        try {
            Path own = Path.of(TrialTask.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isDirectory(own) ? packed(own) : own;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where a class was loaded from is a location", e);
        }
    }

    /** The files' names. */
    List<String> names() {
        return List.copyOf(jars.keySet());
    }

    /** Options for the trials' JVMs. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> ENGINE.stream().anyMatch(argument::startsWith))
                .filter(argument -> !argument.startsWith("-DPYTORCH_LIBRARY_PATH"))
                .forEach(options::add);
        return options;
    }

    /** How the launcher has memory kept, which takes hold where a program starts. */
    Map<String, String> environment() {
        String kept = System.getenv(ALLOCATOR);
        return kept == null ? Map.of() : Map.of(ALLOCATOR, kept);
    }

    @Override
    public void close() {
        FileTree.delete(scratch);
    }
}
