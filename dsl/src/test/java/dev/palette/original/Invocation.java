package dev.palette.original;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Commands run in this process, one after the other, and all that they printed. A flag given again has its last value. */
final class Invocation {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs a command and gives its exit code; of an error there is the message and code 2. */
    int run(Callable<Integer> command, List<String> arguments, String... more) {
        return new CommandLine(command)
                .setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((thrown, line, parsed) -> {
                    line.getErr().println(thrown.getMessage());
                    return 2;
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
