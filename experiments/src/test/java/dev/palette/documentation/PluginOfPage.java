package dev.palette.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** The Java of a page, compiled as its reader would; what it shows of resources lies beside it, so that its words are found. */
final class PluginOfPage {
    private PluginOfPage() {}

    /** Compiles what the page shows and gives the folder of classes. */
    static Path compile(Map<String, String> files, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all,-processing,-classfile",
                "-Werror",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getKey().endsWith(".java")) {
                arguments.add(
                        write(folder.resolve(file.getKey()), file.getValue()).toString());
            } else if (file.getKey().startsWith("src/main/resources/")) {
                write(classes.resolve(file.getKey().replace("src/main/resources/", "")), file.getValue());
            }
        }
        boolean sources = arguments.get(arguments.size() - 1).endsWith(".java");
        assertThat(
                        sources
                                ? ToolProvider.getSystemJavaCompiler()
                                        .run(null, null, null, arguments.toArray(new String[0]))
                                : 0)
                .as("exit code of the compiler")
                .isZero();
        return classes;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
