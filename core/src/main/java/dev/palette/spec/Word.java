package dev.palette.spec;

import java.util.function.Supplier;
import org.apache.commons.text.CaseUtils;

/**
 * What a name stands for in scripts and in a trial's JSON: the record it describes and a fresh block of its options.
 *
 * <p>Guice binds words by name in one {@code MapBinder} a family (adapters, sampling methods, tasks); a plug-in adds a word by
 * binding it there.
 *
 * @param type the record that the block builds; its components are the JSON members
 * @param newBlock a new block, every option at its default
 * @param <T> the family the word belongs to
 */
public record Word<T>(Class<? extends T> type, Supplier<? extends Block<? extends T>> newBlock) {
    /** The word of a class by its name: {@code SquareRoot} is {@code squareRoot}. */
    public static String of(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The word of an enum constant: {@code CLIP_PER_TENSOR} is {@code clipPerTensor}. */
    public static String of(Enum<?> constant) {
        return CaseUtils.toCamelCase(constant.name(), false, '_');
    }
}
