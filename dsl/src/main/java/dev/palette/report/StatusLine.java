package dev.palette.report;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * A terminal's last line, rewritten in place, with messages scrolling by above it. The bar draws from a thread of its own, hence
 * the locking.
 */
final class StatusLine implements ProgressBarConsumer {
    private final PrintStream out;
    private final int width;
    private String shown = "";

    StatusLine(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
        return width - 1; // a full last column would wrap
    }

    @Override
    public synchronized void accept(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
        out.flush();
        shown = line;
    }

    /** A message on a line of its own, above what is shown. */
    synchronized void message(String line) {
        String below = shown;
        clear();
        out.println(line);
        if (!below.isEmpty()) {
            accept(below);
        }
    }

    @Override
    public synchronized void clear() {
        if (!shown.isEmpty()) {
            out.print("\r" + " ".repeat(shown.length()) + "\r");
            shown = "";
        }
    }

    /** Leaves the bar as it stands and goes on below it. */
    @Override
    public synchronized void close() {
        if (!shown.isEmpty()) {
            out.println();
            shown = "";
        }
        out.flush();
    }
}
