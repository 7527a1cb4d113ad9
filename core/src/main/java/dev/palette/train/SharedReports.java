package dev.palette.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.palette.sampler.TaskReport;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reports to the sampler as the replicas of a trial share them: rank 0 alone evaluates, and tells the others. */
final class SharedReports {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SharedReports() {}

    /**
     * What rank 0 reports.
     *
     * @param seen by this rank
     */
    static TaskReport ofLeader(TaskReport seen, Communicator communicator) {
        if (communicator.size() == 1) {
            return seen;
        }
        try {
            return JSON.readValue(communicator.broadcast(JSON.writeValueAsBytes(seen)), TaskReport.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a report in memory is always JSON", e);
        }
    }
}
