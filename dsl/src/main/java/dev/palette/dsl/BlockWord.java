package dev.palette.dsl;

import dev.palette.spec.Block;
import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A word with a block of options: {@code pal { size 204 }}, or {@code shared()} where the defaults will do.
 *
 * @param name the word
 * @param path the block's key in settings, or null when settings can't reach it
 * @param newBlock a new block, every option at its default
 * @param filler fills it from the script's braces
 */
record BlockWord(String name, @Nullable String path, Supplier<? extends Block<?>> newBlock, Filler filler)
        implements ScriptWord {
    /** Fills a block from a script's braces and builds it. */
    interface Filler {
        /**
         * The description built; a template of it, where an option varies.
         *
         * @param path the block's key in settings, or null when settings can't reach it
         * @param braces what the script wrote, or null when it wrote none
         */
        Object fill(
                String name, @Nullable String path, Supplier<? extends Block<?>> newBlock, @Nullable Closure<?> braces);
    }

    @Override
    public Object value() {
        return call(List.of());
    }

    @Override
    public Object call(List<?> arguments) {
        if (arguments.isEmpty()) {
            return filler.fill(name, path, newBlock, null);
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Closure<?> braces) {
            return filler.fill(name, path, newBlock, braces);
        }
        OptionTable options = new OptionTable(newBlock.get().getClass());
        throw new PaletteException(
                options.names().isEmpty()
                        ? "%s has no options: write %s()".formatted(name, name)
                        : "%s takes its options in braces, one a line or parted by ';', as in %s { %s … }. Its options: %s"
                                .formatted(
                                        name,
                                        name,
                                        options.names().iterator().next(),
                                        String.join(", ", options.names())));
    }
}
