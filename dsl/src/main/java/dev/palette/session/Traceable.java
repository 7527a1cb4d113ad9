package dev.palette.session;

/** A command that can show where in the program an error arose. */
public interface Traceable {
    /** Whether the person asked for it. */
    boolean stackTrace();
}
