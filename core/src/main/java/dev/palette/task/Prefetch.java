package dev.palette.task;

import dev.palette.spec.PaletteException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Goes through an iterator on a thread of its own, a few elements ahead of whoever takes them: the next batch is ready when the
 * step at hand is done. What comes, and in which order, is the iterator's; so is any exception, which whoever takes meets in the
 * place of the element.
 *
 * @param <T> what is prepared
 */
public final class Prefetch<T> implements AutoCloseable {
    private final BlockingQueue<Prepared<T>> ready;
    private final Thread thread;
    private boolean ended;

    /**
     * An element, or why there is none.
     *
     * @param element null at the end
     * @param failure what the iterator threw instead
     */
    private record Prepared<T>(
            @Nullable T element, @Nullable Throwable failure) {
        boolean isLast() {
            return element == null;
        }
    }

    /**
     * Begins to prepare at once.
     *
     * @param source used by the new thread alone from here on
     * @param ahead elements that wait at most; at least 1
     */
    public Prefetch(Iterator<T> source, int ahead) {
        this.ready = new ArrayBlockingQueue<>(ahead);
        this.thread = new Thread(() -> prepare(source), "prefetch");
        thread.setDaemon(true);
        thread.start();
    }

    private void prepare(Iterator<T> source) {
        try {
            Prepared<T> next;
            do {
                next = prepared(source);
                ready.put(next);
            } while (!next.isLast());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt(); // nobody takes any more: the thread ends
        }
    }

    private static <T> Prepared<T> prepared(Iterator<T> source) {
        try {
            return new Prepared<>(source.hasNext() ? source.next() : null, null);
        } catch (RuntimeException | Error failure) { // for the thread that takes, whatever it is
            return new Prepared<>(null, failure);
        }
    }

    /**
     * The next element; waits for it. Not for several threads.
     *
     * @throws NoSuchElementException after the last
     * @throws PaletteException when the thread is interrupted while it waits
     */
    public T next() {
        if (ended) {
            throw new NoSuchElementException("the iterator has no more");
        }
        Prepared<T> next = take();
        ended = next.isLast();
        if (next.failure() instanceof Error error) {
            throw error;
        }
        if (next.failure() instanceof RuntimeException exception) {
            throw exception;
        }
        if (next.element() == null) {
            throw new NoSuchElementException("the iterator has no more");
        }
        return next.element();
    }

    private Prepared<T> take() {
        try {
            return ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaletteException("interrupted while waiting for the next batch; run again to continue", e);
        }
    }

    /** Stops preparing, and waits until the iterator is no longer used. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the iterator's own work is short: wait on, and tell afterwards
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
