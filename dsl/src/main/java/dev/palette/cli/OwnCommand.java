package dev.palette.cli;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How this program was started, so that it can be started again: by the launcher, or as a Java program on the same class path. */
final class OwnCommand {
    /** Set by the launcher. */
    private static final String LAUNCHER = "palette.launcher";

    /** The words before the command's own. */
    List<String> words() {
        String launcher = System.getProperty(LAUNCHER);
        if (launcher != null) {
            return List.of(launcher);
        }
        List<String> words = new ArrayList<>();
        words.add("env"); // mpirun rewrites the class path of what is called java
        words.add(ProcessHandle.current().info().command().orElse("java"));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return words;
    }
}
