package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import org.jspecify.annotations.Nullable;

/** A problem in a script whose message already names file, line and column, and shows the line. */
final class ScriptException extends PaletteException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    /** @param place in the text that was compiled, by which mistakes are put in order */
    ScriptException(Place place, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
