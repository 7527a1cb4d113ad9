package dev.palette.runner;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/** Trials that are known beforehand. */
final class ListedFeed implements Feed {
    private final Deque<Assignment> left;

    ListedFeed(Collection<Assignment> trials) {
        this.left = new ArrayDeque<>(trials);
    }

    @Override
    public Optional<Assignment> next() {
        return Optional.ofNullable(left.poll());
    }

    @Override
    public boolean isExhausted() {
        return left.isEmpty();
    }
}
