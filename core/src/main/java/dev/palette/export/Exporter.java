package dev.palette.export;

import java.io.IOException;

/**
 * Takes runs to one destination. All its methods, and those of what it gives, are called by one thread; each may take seconds, not
 * minutes, and ends with an exception when the thread is interrupted.
 */
public interface Exporter extends AutoCloseable {
    /**
     * Begins with a run, or goes on with one that is there in part. It is called again for the same run after an exception, and when the
     * run went back to a checkpoint, so that what was logged since was dropped.
     *
     * @throws IOException when the destination cannot be reached or written; it will be tried again
     */
    RunExport begin(ExportedRun run) throws IOException;

    /** Lets go of connections and the like. */
    @Override
    default void close() {}
}
