package dev.palette.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palette.spec.PaletteException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchTest {
    @Test
    void whatComesAndInWhichOrderIsTheIterators() {
        try (Prefetch<Integer> prefetch = new Prefetch<>(numbers(1_000), 3)) {
            assertThat(IntStream.range(0, 1_000).map(i -> prefetch.next()))
                    .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        }
    }

    @Test
    void afterTheLastThereIsNoMore() {
        try (Prefetch<Integer> prefetch = new Prefetch<>(numbers(1), 2)) {
            assertThat(prefetch.next()).isZero();
            assertThatThrownBy(prefetch::next).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(prefetch::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void anExceptionIsMetInThePlaceOfItsElement() {
        PaletteException broken = new PaletteException("row 2 is broken");
        Iterator<Integer> source = Stream.of(0, 1, 2, 3)
                .peek(i -> {
                    if (i == 2) {
                        throw broken;
                    }
                })
                .iterator();
        try (Prefetch<Integer> prefetch = new Prefetch<>(source, 4)) {
            assertThat(List.of(prefetch.next(), prefetch.next())).containsExactly(0, 1);
            assertThatThrownBy(prefetch::next).isSameAs(broken);
        }
    }

    @Test
    void anErrorIsMetToo() {
        Iterator<Integer> source = Stream.of(1)
                .<Integer>map(i -> {
                    throw new OutOfMemoryError("of a test");
                })
                .iterator();
        try (Prefetch<Integer> prefetch = new Prefetch<>(source, 1)) {
            assertThatThrownBy(prefetch::next).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void itGoesAheadOnItsOwnAndNoFurtherThanItMay() throws InterruptedException {
        CountDownLatch threeAreMade = new CountDownLatch(3);
        Iterator<Integer> source = Stream.iterate(0, i -> i + 1)
                .peek(i -> threeAreMade.countDown())
                .iterator();
        try (Prefetch<Integer> prefetch = new Prefetch<>(source, 2)) { // two wait, and one is in hand
            assertThat(threeAreMade.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(prefetch.next()).isZero();
        }
    }

    @Test
    void closingEndsTheThreadThoughNobodyTakes() throws InterruptedException {
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Iterator<Integer> source = Stream.iterate(0, i -> i + 1)
                .peek(i -> threads.add(Thread.currentThread()))
                .iterator();
        Prefetch<Integer> prefetch = new Prefetch<>(source, 1);
        Thread thread = threads.take();
        assertThat(thread.isDaemon()).isTrue();
        prefetch.close();
        assertThat(thread.isAlive()).isFalse();
        assertThatThrownBy(prefetch::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whoeverIsInterruptedWhileWaitingHearsSo() {
        Iterator<Integer> never = Stream.generate(PrefetchTest::nothing).iterator();
        Thread.currentThread().interrupt();
        try (Prefetch<Integer> prefetch = new Prefetch<>(never, 1)) {
            assertThatThrownBy(prefetch::next)
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("interrupted while waiting");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Integer nothing() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Iterator<Integer> numbers(int count) {
        return IntStream.range(0, count).iterator();
    }
}
