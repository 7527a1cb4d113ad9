package dev.palette.export;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import dev.palette.result.StoredRun;
import dev.palette.spec.PaletteException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run and one exporter: what the run's folder has to say, in parts of bounded size, from where the last part ended. */
final class Following implements AutoCloseable {
    private static final int LINES = 500; // some 1,500 points, a request or two of the largest that MLflow takes

    private final StoredRun run;
    private final Exporter exporter;
    private @Nullable RunExport export;
    private Position position = Position.START;
    private boolean finished;
    private boolean settled;

    Following(StoredRun run, Exporter exporter) {
        this.run = run;
        this.exporter = exporter;
    }

    /** Its run. */
    StoredRun run() {
        return run;
    }

    /** Whether the destination has all of a finished run. */
    boolean isFinished() {
        return finished;
    }

    /** Whether the destination has all that the folder said when it was last looked at. */
    boolean isSettled() {
        return settled;
    }

    /** There may be more in the folder than was looked at. */
    void unsettle() {
        settled = finished;
    }

    /**
     * Takes over the next part.
     *
     * @return whether there may be more at once; if not, it is settled
     * @throws IOException when the destination cannot be reached or written; the next call begins with the run anew
     * @throws PaletteException when a file of the run is damaged
     */
    boolean advance() throws IOException {
        if (finished) {
            return false;
        }
        unsettle();
        try {
            settled = !advance(begun());
            return !settled;
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw e;
        }
    }

    private boolean advance(RunExport to) throws IOException {
        Optional<RunResult> result = run.result(); // before the metrics, to which nothing is added after it
        List<MetricPoint> points = new ArrayList<>();
        Optional<Position> reached = run.metrics().read(position, LINES, points::add);
        if (reached.isEmpty()) {
            export = null;
            to.close();
            position = Position.START;
            begin(true);
            return true;
        }
        boolean more = !points.isEmpty();
        if (more) {
            to.write(points, reached.get());
            position = reached.get();
        } else if (result.isPresent()) {
            to.finish(result.get());
            finished = true;
            close();
        }
        return more;
    }

    private RunExport begun() throws IOException {
        return export == null ? begin(false) : export;
    }

    /** Begins where the destination is; from the start when it is known that the log does not hold that place any more. */
    private RunExport begin(boolean anew) throws IOException {
        RunExport begun = exporter.begin(ExportedRun.read(run));
        export = begun;
        if (!anew) {
            position = begun.reached();
        }
        return begun;
    }

    private void abandon(Exception e) {
        RunExport broken = export;
        export = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException | RuntimeException again) {
                e.addSuppressed(again);
            }
        }
    }

    @Override
    public void close() throws IOException {
        RunExport open = export;
        export = null;
        if (open != null) {
            open.close();
        }
    }
}
