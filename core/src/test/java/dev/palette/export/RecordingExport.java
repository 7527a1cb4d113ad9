package dev.palette.export;

import dev.palette.result.MetricPoint;
import dev.palette.result.MetricsFile.Position;
import dev.palette.result.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what it is told, and fails as often as it is asked to. */
final class RecordingExport implements Export {
    final List<String> events = new CopyOnWriteArrayList<>();

    /** This many calls fail. */
    final AtomicInteger failures = new AtomicInteger();

    /** Counted down when a run is finished. */
    final CountDownLatch finished = new CountDownLatch(1);

    /** What it already has of each run. */
    Position reached = Position.START;

    /** Thrown by every call if there is one. */
    RuntimeException fault;

    /** Whether each call lasts until the thread is interrupted. */
    boolean hangs;

    @Override
    public String label() {
        return "the record";
    }

    @Override
    public String word() {
        return "record";
    }

    @Override
    public Exporter exporter() {
        return run -> {
            say("begin");
            return new Run();
        };
    }

    private void say(String event) throws IOException {
        if (fault != null) {
            throw fault;
        }
        if (hangs) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
        if (failures.get() > 0) {
            failures.decrementAndGet();
            throw new IOException("nobody there");
        }
        events.add(event);
    }

    private final class Run implements RunExport {
        @Override
        public Position reached() {
            return reached;
        }

        @Override
        public void write(List<MetricPoint> points, Position place) throws IOException {
            List<Long> steps = points.stream()
                    .filter(point -> point.name().equals("cola.loss"))
                    .map(MetricPoint::step)
                    .toList();
            say("steps " + steps.get(0) + ".." + steps.get(steps.size() - 1));
        }

        @Override
        public void finish(RunResult result) throws IOException {
            say("finish");
            finished.countDown();
        }

        @Override
        public void close() {
            events.add("close");
        }
    }
}
