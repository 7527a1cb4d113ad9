package dev.palette.cli;

import dev.palette.session.RunnerBackend;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/**
 * A command run in this process.
 *
 * @param code what it told the shell
 * @param out what it printed
 * @param err its messages
 */
record CommandRun(int code, String out, String err) {
    /** Runs {@code palette} with arguments, which may be of any type that is its own text. */
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(new RunnerBackend())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
