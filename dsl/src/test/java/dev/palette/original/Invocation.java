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
        CommandLine line = new CommandLine(command);
        boolean trains = line.getCommandSpec().optionsMap().containsKey("--set");
        List<String> inProcess = trains ? List.of("--set", "run.inProcess=true") : List.of(); // a moment, not seconds
        return line.setOverwrittenOptionsAllowed(true)
                .setExecutionExceptionHandler((thrown, failed, parsed) -> {
                    failed.getErr().println(thrown.getMessage());
                    return 2;
                })
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.of(arguments.stream(), Stream.of(more), inProcess.stream())
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
