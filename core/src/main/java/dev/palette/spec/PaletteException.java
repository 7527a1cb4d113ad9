package dev.palette.spec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something a person can put right: bad input, a missing file, a setting out of range.
 *
 * <p>The message stands alone: it names the place (file and line, key, tensor), what was found, what was expected and what
 * to do. The command line prints it without a stack trace and exits with code 2. A fault of our own code is never one of
 * these.
 */
public class PaletteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A problem with the given place, finding and remedy as one message. */
    public PaletteException(String message) {
        super(message);
    }

    /** A problem that another exception made known. */
    public PaletteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The whole message; unlike other exceptions, this one always has it. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
