package dev.palette.dsl;

import groovy.lang.GroovyObjectSupport;
import org.jspecify.annotations.Nullable;

/**
 * What Groovy asks for the words inside a block's braces. It has no methods but Groovy's own three, because each further one
 * would be a word of every block.
 */
final class BlockDelegate extends GroovyObjectSupport {
    private final BlockScope scope;

    BlockDelegate(BlockScope scope) {
        this.scope = scope;
    }

    @Override
    public @Nullable Object invokeMethod(String name, Object arguments) {
        return scope.call(name, arguments);
    }

    @Override
    public Object getProperty(String name) {
        return scope.read(name);
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
        scope.assigned(name);
    }
}
