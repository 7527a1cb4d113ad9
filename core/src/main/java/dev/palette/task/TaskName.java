package dev.palette.task;

import dev.palette.spec.PaletteException;
import java.util.regex.Pattern;

/** What tasks may be called: names end up in file names and, between dots, in the names of parameters. */
public final class TaskName {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    private TaskName() {}

    /**
     * Lets a good name pass.
     *
     * @throws PaletteException when it has other characters than letters, digits, {@code -} and {@code _}
     */
    public static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new PaletteException(
                    "a task's name is '%s', expected letters, digits, '-' and '_', a letter or digit first"
                            .formatted(name));
        }
    }
}
