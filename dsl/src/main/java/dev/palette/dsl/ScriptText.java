package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the text of a script's files. */
final class ScriptText {
    private ScriptText() {}

    /**
     * The text of a script.
     *
     * @throws PaletteException when there is no such file, or it is no text
     */
    static String read(Path path) {
        if (Files.isDirectory(path)) {
            throw new PaletteException(
                    "%s is a directory, expected an experiment script such as quickstart.groovy".formatted(path));
        }
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new PaletteException(
                    "there is no script %s; give the path of an experiment script".formatted(path), e);
        } catch (MalformedInputException e) {
            throw new PaletteException("%s is not UTF-8 text; save the script in UTF-8".formatted(path), e);
        } catch (IOException e) {
            throw new PaletteException("can't read the script %s: %s".formatted(path, e.getMessage()), e);
        }
    }
}
