package dev.palette.words;

import java.util.List;

/**
 * A word that stands for a value, or a block of options, described.
 *
 * @param name as scripts write it
 * @param kind what its value is, with an article: {@code an adapter}
 * @param form how it is written: {@code pal { … }}
 * @param meaning from its Javadoc
 * @param sources papers and codes that it comes from
 * @param type the class of what it makes
 * @param options its own, in alphabetical order
 * @param local words that stand for values between its braces, and nowhere else
 */
public record DescribedWord(
        String name,
        String kind,
        String form,
        String meaning,
        List<String> sources,
        Class<?> type,
        List<DescribedOption> options,
        List<String> local) {
    /** Copies the lists. */
    public DescribedWord {
        sources = List.copyOf(sources);
        options = List.copyOf(options);
        local = List.copyOf(local);
    }
}
