package dev.palette.report;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where progress is shown.
 *
 * @param out the stream, standard error in the program
 * @param live whether a person watches a terminal that can rewrite a line
 * @param width columns of the terminal
 */
public record Console(PrintStream out, boolean live, int width) {
    private static final int USUAL_WIDTH = 120;
    private static final int LEAST_WIDTH = 40;

    /** The process's own standard error, with a live line only where a terminal is attached. */
    public static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        boolean live = System.console() != null && !"dumb".equals(environment.get("TERM"));
        return new Console(System.err, live, width(environment.get("COLUMNS")));
    }

    /** A stream that nobody watches: whole lines, no control characters. */
    public static Console plain(PrintStream out) {
        return new Console(out, false, USUAL_WIDTH);
    }

    private static int width(@org.jspecify.annotations.Nullable String columns) {
        try {
            return columns == null ? USUAL_WIDTH : Math.max(LEAST_WIDTH, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return USUAL_WIDTH; // COLUMNS is the shell's to set; a wrong one costs nothing but looks
        }
    }
}
