package dev.palette.report;

import dev.palette.table.TableFormat;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/**
 * Where progress is shown.
 *
 * @param out the stream, standard error in the program
 * @param live whether a person watches a terminal that can rewrite a line
 * @param width columns of the terminal
 */
public record Console(PrintStream out, boolean live, int width) {
    private static final int USUAL_WIDTH = 120;

    /** The process's own standard error, with a live line only where a terminal is attached. */
    @SuppressWarnings("SystemConsoleNull") // true again with the property set
    public static Console ofProcess() {
        System.setProperty("jdk.console", "java.base"); // JDK 22 to 24 else take JLine's, which is there for pipes too
        boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        int width = live ? new ConsoleProgressBarConsumer(System.err).getMaxRenderedLength() + 1 : USUAL_WIDTH;
        return new Console(System.err, live, width);
    }

    /** A stream that nobody watches: whole lines, no control characters. */
    public static Console plain(PrintStream out) {
        return new Console(out, false, USUAL_WIDTH);
    }

    /** Letters that a line of a table may have: the terminal's, or any number where a program reads it. */
    public int tableWidth() {
        return live ? width : TableFormat.ANY_WIDTH;
    }
}
