package dev.palette.inline;

import groovy.lang.Closure;
import org.jspecify.annotations.Nullable;

/** Runs closures of inline code with words of their own: those that the closure's surroundings don't know already. */
final class Delegation {
    private Delegation() {}

    /** The closure's value. */
    static @Nullable Object run(Closure<?> closure, Object words, Object... arguments) {
        Closure<?> own = closure.rehydrate(words, closure.getOwner(), closure.getThisObject());
        own.setResolveStrategy(Closure.DELEGATE_FIRST);
        return own.call(arguments);
    }
}
