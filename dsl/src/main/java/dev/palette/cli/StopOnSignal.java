package dev.palette.cli;

import dev.palette.train.StopSignal;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While open, Ctrl-C and SIGTERM ask the runner to write a checkpoint and stop; a second one ends the process at once.
 *
 * <p>A shutdown hook would not do: it can't tell a second Ctrl-C from the first, and the process would end with the signal's own
 * code, not ours.
 */
final class StopOnSignal implements AutoCloseable {
    private final StopSignal stop;
    private final PrintStream err;
    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

    StopOnSignal(StopSignal stop, PrintStream err) {
        this.stop = stop;
        this.err = err;
        for (String name : new String[] {"INT", "TERM"}) {
            Signal signal = new Signal(name);
            before.put(signal, Signal.handle(signal, this::received));
        }
    }

    private void received(Signal signal) {
        if (stop.isRequested()) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        stop.request();
        err.println();
        err.println("stopping after this step, with a checkpoint (Ctrl-C again stops at once, without one)");
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
