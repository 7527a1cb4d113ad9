package dev.palette.session;

/** What the process tells the shell. */
public final class ExitCode {
    /** Everything asked for is finished. */
    public static final int FINISHED = 0;

    /** A trial failed, or Palette itself did. */
    public static final int FAILED = 1;

    /** The input is wrong; the message says what to put right. */
    public static final int BAD_INPUT = 2;

    /** Stopped by a signal; the same command goes on from the last checkpoint. The number is the shells' own for SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
