package dev.palette.cli;

import dev.palette.session.RunnerBackend;
import picocli.CommandLine;

/** The real command line, to be asked what it understands. */
public final class PaletteCommandLine {
    private PaletteCommandLine() {}

    /** A command line that would carry out the arguments. */
    public static CommandLine of(String... arguments) {
        return Main.commandLine(new RunnerBackend(), arguments);
    }
}
