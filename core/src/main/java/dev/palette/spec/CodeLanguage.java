package dev.palette.spec;

import java.util.Map;

/**
 * A language in which a script defines things of its own. One is found by {@link java.util.ServiceLoader}; Palette's scripts bring
 * Groovy.
 */
public interface CodeLanguage {
    /** What {@link InlineCode} calls it, e.g. {@code groovy}. */
    String name();

    /**
     * Makes the code into what it defines.
     *
     * @param code self-contained: what of its script it uses is part of it
     * @param type what is wanted, an interface of one of Palette's packages
     * @param options values that the code sees under these names: numbers, texts, truth values and lists of them
     * @throws PaletteException when the code does not compile, or does not define a thing of this type
     */
    <T> T compile(InlineCode code, Class<T> type, Map<String, Object> options);
}
