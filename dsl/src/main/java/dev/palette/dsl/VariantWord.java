package dev.palette.dsl;

import dev.palette.spec.PaletteException;
import groovy.lang.Closure;
import java.util.List;

/**
 * {@code variant('paper') { adapter pal { size 204 } }}: one of a list of variants.
 *
 * @param filler evaluates its block
 */
record VariantWord(Filler filler) implements ScriptWord {
    /** Evaluates the block of a variant. */
    interface Filler {
        /** The variant that the braces describe; unknown where something in them is. */
        Object fill(VariantBlock block, Closure<?> braces);
    }

    @Override
    public Object value() {
        return call(List.of());
    }

    @Override
    public Object call(List<?> arguments) {
        if (arguments.size() == 2
                && arguments.get(0) instanceof CharSequence name
                && arguments.get(1) instanceof Closure<?> braces) {
            return filler.fill(new VariantBlock(name.toString()), braces);
        }
        throw new PaletteException("variant takes a name and a block: variant('small') { adapter pal { size 50 } }");
    }
}
