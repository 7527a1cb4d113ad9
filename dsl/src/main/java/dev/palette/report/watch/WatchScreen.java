package dev.palette.report.watch;

import dev.palette.report.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/** Where {@link WatchText} is shown: on a terminal in place, as far as it has room; anywhere else one after the other. */
public final class WatchScreen implements AutoCloseable {
    private final PrintWriter out;
    private final int width;
    private final @Nullable Terminal terminal;
    private final @Nullable Display display;

    private WatchScreen(PrintWriter out, int width, @Nullable Terminal terminal) {
        this.out = out;
        this.width = width;
        this.terminal = terminal;
        this.display = terminal == null ? null : new Display(terminal, false);
    }

    /**
     * A screen.
     *
     * @param console says whether somebody watches a terminal
     * @param out where text goes where nobody does
     */
    public static WatchScreen of(Console console, PrintWriter out) throws IOException {
        Terminal terminal =
                console.live() ? TerminalBuilder.builder().system(true).build() : null;
        return new WatchScreen(out, console.width(), terminal);
    }

    /** Letters that fit beside each other now. */
    public int width() {
        return terminal == null ? width : Math.max(20, terminal.getWidth() - 1);
    }

    /** Shows lines in the place of those before. */
    public void show(List<String> lines) {
        if (terminal == null || display == null) {
            lines.forEach(out::println);
            out.println();
            out.flush();
            return;
        }
        Size size = terminal.getSize();
        display.resize(size.getRows(), size.getColumns());
        int room = Math.max(1, size.getRows() - 1);
        display.update(lines.stream().limit(room).map(AttributedString::new).toList(), -1);
    }

    /** Leaves what is shown, and goes on below it. */
    @Override
    public void close() throws IOException {
        if (terminal != null) {
            terminal.writer().println();
            terminal.close();
        }
    }
}
