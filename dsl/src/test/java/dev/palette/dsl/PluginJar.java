package dev.palette.dsl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles the plug-in under {@code src/test/plugin} into a jar of its own, as its author would. */
final class PluginJar {
    private static final Path SOURCES = Path.of("src", "test", "plugin");

    private PluginJar() {}

    static Path build(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-classpath", System.getProperty("java.class.path"), "-d", classes.toString()));
        files(SOURCES)
                .filter(file -> file.toString().endsWith(".java"))
                .forEach(file -> arguments.add(file.toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])) != 0) {
            throw new IOException("the plug-in does not compile");
        }
        Path jar = folder.resolve("bias-plugin.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Path root : List.of(classes, SOURCES)) {
                for (Path file :
                        files(root).filter(f -> !f.toString().endsWith(".java")).toList()) {
                    entries.putNextEntry(
                            new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, entries);
                }
            }
        }
        return jar;
    }

    private static Stream<Path> files(Path root) throws IOException {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).toList().stream();
        }
    }
}
