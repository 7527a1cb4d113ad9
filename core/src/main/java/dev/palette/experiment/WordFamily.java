package dev.palette.experiment;

import com.google.inject.TypeLiteral;
import com.google.inject.util.Types;
import dev.palette.spec.Description;
import dev.palette.spec.Word;
import java.util.Map;

/**
 * A kind of thing that words stand for. Adapters, sampling methods and tasks are Palette's own families, whose words stand in scripts; a
 * package may bring another, whose words stand elsewhere, and plug-ins add to it as to these.
 *
 * @param name what messages call one of its words, e.g. {@code sampling method}
 * @param type what its words make
 */
public record WordFamily<T extends Description>(String name, Class<T> type) {

    /** One word's type, for Guice. */
    @SuppressWarnings("unchecked") // it is what the parameters say
    TypeLiteral<Word<T>> word() {
        return (TypeLiteral<Word<T>>) TypeLiteral.get(Types.newParameterizedType(Word.class, type));
    }

    /** The type of all words by name, for Guice. */
    @SuppressWarnings("unchecked") // it is what the parameters say
    TypeLiteral<Map<String, Word<T>>> words() {
        return (TypeLiteral<Map<String, Word<T>>>) TypeLiteral.get(Types.mapOf(String.class, word().getType()));
    }
}
