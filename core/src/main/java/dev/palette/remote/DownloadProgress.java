package dev.palette.remote;

/** Hears how far a download has come, so that a person may see it. Calls come from any thread, many a second. */
@FunctionalInterface
public interface DownloadProgress {
    /** Hears nothing. */
    DownloadProgress SILENT = (name, bytes, total) -> {};

    /**
     * Some more has arrived.
     *
     * @param name the file's name
     * @param bytes how many of its bytes are here, {@code total} at the end
     * @param total how many it has; -1 while that is unknown
     */
    void progress(String name, long bytes, long total);
}
