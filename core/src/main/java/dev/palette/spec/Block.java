package dev.palette.spec;

import java.util.function.Consumer;

/**
 * A block of options that becomes an immutable description: {@code pal { size 204; heads 6 }} configures the block of
 * {@code Pal}, and {@link #build()} gives the record.
 *
 * <p>The public one-argument methods of a block that return the block itself are its options; their names are what a script
 * writes and what {@code --set} addresses. Every option has a default unless {@code build()} says that it must be given.
 * The same object serves Groovy (as a closure's delegate), Java and Kotlin (as a trailing lambda's argument).
 *
 * @param <T> the description built
 */
public interface Block<T> {
    /**
     * The description with the options set so far.
     *
     * @throws PaletteException when an option is missing, out of range or at odds with another
     */
    T build();

    /**
     * What a block describes once it is filled: {@code Block.filled(new Pal.Options(), p -> p.size(12).heads(6))}. Descriptions have it as
     * a method of their own: {@code Pal.of(p -> p.size(12).heads(6))}.
     *
     * @throws PaletteException when an option is missing, out of range or at odds with another
     */
    static <T, B extends Block<? extends T>> T filled(B block, Consumer<? super B> options) {
        options.accept(block);
        return block.build();
    }
}
