package dev.palette.inline;

import dev.palette.spec.InlineCode;
import dev.palette.spec.PaletteException;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Words what goes wrong while inline code runs: which line of it, and what it says. */
final class CodeErrors {
    private static final int HASH_DIGITS = 8;

    private final InlineCode code;

    CodeErrors(InlineCode code) {
        this.code = code;
    }

    /** The name of the code's class, by which its lines are known in a stack trace. */
    static String fileName(InlineCode code) {
        return "Inline" + code.hash().substring(0, HASH_DIGITS) + ".groovy";
    }

    /**
     * Runs some of the code.
     *
     * @param kind what it defines, for messages
     * @throws PaletteException for whatever it throws; names the line
     */
    <T> T explained(String kind, Supplier<T> run) {
        try {
            return run.get();
        } catch (PaletteException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new PaletteException("the script's %s%s: %s".formatted(kind, place(e), message(e)), e);
        }
    }

    private String place(Throwable thrown) {
        OptionalInt line = Arrays.stream(thrown.getStackTrace())
                .filter(frame -> fileName(code).equals(frame.getFileName()))
                .mapToInt(StackTraceElement::getLineNumber)
                .filter(number -> number > 0)
                .findFirst();
        List<String> lines = code.source().lines().toList();
        return line.isPresent() && line.getAsInt() <= lines.size()
                ? " stopped at '%s'".formatted(lines.get(line.getAsInt() - 1).strip())
                : " stopped";
    }

    private static String message(Throwable thrown) {
        if (thrown instanceof MissingPropertyException missing) {
            return "nothing is called '%s' there".formatted(missing.getProperty());
        } else if (thrown instanceof MissingMethodException missing) {
            return "there is no function %s for these arguments".formatted(missing.getMethod());
        }
        String first = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
        return thrown.getClass().getSimpleName() + ": " + first;
    }
}
