package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A script's text, what it includes put in its place, and where each line of it comes from. It is compiled as one text; messages name the
 * file and the line that a person sees.
 */
final class ScriptSource {
    /**
     * One line of the whole.
     *
     * @param file whose line it is
     * @param number its number there, from 1
     */
    record Line(Path file, int number, String text) {}

    private final Path path;
    private final List<Line> lines;

    ScriptSource(Path path, List<Line> lines) {
        this.path = path;
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads a script and what it includes.
     *
     * @throws PaletteException when a file is not there, is no text, or its include is wrong
     */
    static ScriptSource read(Path path) {
        return new ScriptSource(path, new Inclusion(path).lines());
    }

    /** The folder that relative paths in the script start from. */
    Path folder() {
        return path.toAbsolutePath().resolveSibling("");
    }

    String text() {
        return lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    }

    String fileName() {
        return path.getFileName().toString();
    }

    /** The file's name without its ending. */
    String name() {
        return fileName().replaceFirst("\\.[^.]*$", "");
    }

    /**
     * The name that Groovy compiles into the classes' stack frames, and makes the script's class name of: one that no word has, for a class
     * hides a word of its name, and {@code time.groovy} may well have a column {@code time}.
     */
    String unitName() {
        return name() + "$script.groovy";
    }

    /** The line that is being executed, or 0 when none is. */
    int currentLine() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> unitName().equals(f.getFileName()))
                        .mapToInt(StackWalker.StackFrame::getLineNumber)
                        .filter(line -> line > 0)
                        .findFirst()
                        .orElse(0));
    }

    /** The innermost line that an exception came through, or 0 when it came through none. */
    int lineOf(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(f -> unitName().equals(f.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    /** A problem at a place, with the line and a caret below the column. */
    ScriptException problem(Place place, String message, @Nullable Throwable cause) {
        return new ScriptException(place, text(place) + ": " + message + quote(place), cause);
    }

    /** {@code quickstart.groovy:12:5}; what is not known of it is left out. */
    String text(Place place) {
        if (!has(place.line())) {
            return path.toString();
        }
        Line line = lines.get(place.line() - 1);
        return line.file() + ":" + line.number() + (place.column() > 0 ? ":" + place.column() : "");
    }

    /** The line of its own file that a line of the whole is: {@code line 3}, and of which file, where that is not the script itself. */
    String lineText(int line) {
        if (!has(line)) {
            return "another line";
        }
        Line own = lines.get(line - 1);
        return "line " + own.number()
                + (own.file().equals(path) ? "" : " of " + own.file().getFileName());
    }

    /** The column at which a text first stands in a line, or 0 when it doesn't. */
    int columnOf(int line, String text) {
        return has(line) ? lines.get(line - 1).text().indexOf(text) + 1 : 0;
    }

    /** Where each line of the whole comes from. */
    List<Line> lines() {
        return lines;
    }

    private boolean has(int line) {
        return line >= 1 && line <= lines.size();
    }

    private String quote(Place place) {
        if (!has(place.line())) {
            return "";
        }
        String line = lines.get(place.line() - 1).text();
        String shown = line.strip();
        int indented = line.indexOf(shown);
        int caret = place.column() - 1 - indented;
        String above = caret < 0 || caret > shown.length()
                ? ""
                : "\n    " + shown.substring(0, caret).replaceAll("[^\t]", " ") + "^";
        return "\n    " + shown + above;
    }
}
