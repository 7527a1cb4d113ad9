package dev.palette.session;

import dev.palette.train.StopSignal;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * While open, Ctrl-C and SIGTERM ask the runner to write a checkpoint and stop; a second one ends the process at once.
 *
 * <p>A shutdown hook would not do: it can't tell a second Ctrl-C from the first, and the process would end with the signal's own
 * code, not ours.
 */
public final class StopOnSignal implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final StopSignal stop;
    private final PrintWriter err;
    private final Map<String, Object> before = new HashMap<>();

    /**
     * Listens from now on.
     *
     * @param stop what a signal asks for
     * @param err where a person is told
     */
    public StopOnSignal(StopSignal stop, PrintWriter err) {
        this.stop = stop;
        this.err = err;
        NAMES.forEach(name -> before.put(name, Signals.register(name, this::received)));
    }

    private void received() {
        if (stop.isRequested()) {
            ProcessHandle.current()
                    .descendants()
                    .forEach(ProcessHandle::destroyForcibly); // workers would write a checkpoint
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        stop.request();
        err.println();
        err.println("stopping after this step, with a checkpoint (Ctrl-C again stops at once, without one)");
        err.flush();
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }
}
