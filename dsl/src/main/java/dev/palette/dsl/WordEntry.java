package dev.palette.dsl;

import org.jspecify.annotations.Nullable;

/**
 * A word that stands for a value.
 *
 * @param name as scripts write it: {@code pal}, {@code glue.cola}
 * @param kind what its value is, with an article: {@code an adapter}
 * @param type the class of its value
 * @param value its value, where it stands for one alone; null where it takes options or arguments
 * @param block its options; null where it takes none in braces
 * @param example how it is written where it takes arguments; else its name, with braces or without
 */
public record WordEntry(
        String name,
        String kind,
        Class<?> type,
        @Nullable Object value,
        @Nullable BlockEntry block,
        String example) {}
