package dev.palette.result;

/**
 * The place on a cluster where a run began.
 *
 * @param engine what placed it there, with its version: {@code Spark 4.1.4}
 * @param application as the engine calls what the run was a part of
 * @param host the machine's name
 */
public record Cluster(String engine, String application, String host) {
    /** For people: {@code Spark 4.1.4, application app-20261123-0001, host n7}. */
    public String text() {
        return "%s, application %s, host %s".formatted(engine, application, host);
    }
}
