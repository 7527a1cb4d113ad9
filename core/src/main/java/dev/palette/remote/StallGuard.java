package dev.palette.remote;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends a transfer in which nothing moves any more. The JDK's HTTP client waits for the next bytes of a body for ever, which a
 * connection that broke without a word never sends.
 */
final class StallGuard implements AutoCloseable {
    private final InputStream body;
    private final Duration patience;
    private final AtomicLong moved = new AtomicLong();
    private final Timer clock = new Timer("download-watch", true);
    private long seen = -1;
    private volatile boolean stalled;

    /**
     * Guards a body that is being read.
     *
     * @param patience how long nothing may come
     */
    StallGuard(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
        TimerTask look = new TimerTask() {
            @Override
            public void run() {
                look();
            }
        };
        clock.schedule(look, 0, patience.toMillis());
    }

    /** Some more has come. */
    void moved() {
        moved.incrementAndGet();
    }

    /** What to say of a failure to read: that nothing came, if that is why the guard ended it. */
    IOException explain(IOException failure) {
        return stalled
                ? new IOException("nothing came for %d seconds".formatted(patience.toSeconds()), failure)
                : failure;
    }

    private void look() {
        long now = moved.get();
        if (now == seen) {
            stalled = true;
            closeBody(); // which makes the reader's next read fail
        }
        seen = now;
    }

    private void closeBody() {
        try {
            body.close();
        } catch (IOException e) {
            clock.cancel(); // closed or not, there is nothing left to guard
        }
    }

    @Override
    public void close() {
        clock.cancel();
    }
}
