package dev.palette.export;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import java.io.IOException;
import java.util.List;

/** One run on its way to one destination. After an exception it is closed, and begun anew. */
public interface RunExport extends AutoCloseable {
    /** Up to where the destination has the run's metrics; {@link Position#START} where it has none, or is written anew. */
    Position reached();

    /**
     * Takes over some points.
     *
     * @param points the next of the log, in its order
     * @param reached where the log is after them; where it is to go on should the process end here
     */
    void write(List<MetricPoint> points, Position reached) throws IOException;

    /** Takes over what the run found: it is finished, and there will be no more points. */
    void finish(RunResult result) throws IOException;

    /** Ends the work on the run, finished or not. */
    @Override
    void close() throws IOException;
}
