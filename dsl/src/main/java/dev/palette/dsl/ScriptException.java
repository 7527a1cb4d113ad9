package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import org.jspecify.annotations.Nullable;

/** A problem in a script whose message already names file and line. */
final class ScriptException extends PaletteException {
    private static final long serialVersionUID = 1L;

    ScriptException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
