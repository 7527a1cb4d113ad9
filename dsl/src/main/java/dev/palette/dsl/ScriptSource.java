package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A script's file and text, and the places in it that messages point at. */
final class ScriptSource {
    private final Path path;
    private final String text;
    private final List<String> lines;

    private ScriptSource(Path path, String text) {
        this.path = path;
        this.text = text;
        this.lines = text.lines().toList();
    }

    static ScriptSource read(Path path) {
        if (Files.isDirectory(path)) {
            throw new PaletteException(
                    "%s is a directory, expected an experiment script such as quickstart.groovy".formatted(path));
        }
        try {
            return new ScriptSource(path, Files.readString(path));
        } catch (NoSuchFileException e) {
            throw new PaletteException(
                    "there is no script %s; give the path of an experiment script".formatted(path), e);
        } catch (MalformedInputException e) {
            throw new PaletteException("%s is not UTF-8 text; save the script in UTF-8".formatted(path), e);
        } catch (IOException e) {
            throw new PaletteException("can't read the script %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** The folder that relative paths in the script start from. */
    Path folder() {
        return path.toAbsolutePath().resolveSibling("");
    }

    String text() {
        return text;
    }

    /** The name that Groovy compiles into the classes' stack frames. */
    String fileName() {
        return path.getFileName().toString();
    }

    /** The line of the script that is being executed, or 0 when none is. */
    int currentLine() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(f -> fileName().equals(f.getFileName()))
                        .mapToInt(StackWalker.StackFrame::getLineNumber)
                        .filter(line -> line > 0)
                        .findFirst()
                        .orElse(0));
    }

    /** The innermost line of the script that an exception came through, or 0 when it came through none. */
    int lineOf(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(f -> fileName().equals(f.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(line -> line > 0)
                .findFirst()
                .orElse(0);
    }

    /** A problem at a line, which the message shows. */
    ScriptException problem(int line, String message, @Nullable Throwable cause) {
        return new ScriptException(place(line, 0) + ": " + message + quote(line), cause);
    }

    /** {@code quickstart.groovy:12:5}; a line or column of 0 is not known and left out. */
    String place(int line, int column) {
        return path + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
    }

    /** The line itself, below a message; nothing when there is no such line. */
    String quote(int line) {
        return line < 1 || line > lines.size()
                ? ""
                : "\n    " + lines.get(line - 1).strip();
    }
}
