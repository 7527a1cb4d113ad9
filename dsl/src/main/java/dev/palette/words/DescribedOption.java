package dev.palette.words;

import java.util.List;
import java.util.Optional;

/**
 * An option, described.
 *
 * @param name as scripts write it
 * @param block the word before the braces in which it stands
 * @param type what it takes, in words
 * @param range what its value may be, in words, where that is limited
 * @param defaultValue its value where nothing is said, as a script would write it
 * @param required whether it must be given
 * @param deprecated whether scripts should no longer use it
 * @param meaning from its Javadoc
 * @param sources papers and codes that it comes from
 * @param setting its key in settings, where they reach it
 */
public record DescribedOption(
        String name,
        String block,
        String type,
        Optional<String> range,
        Optional<String> defaultValue,
        boolean required,
        boolean deprecated,
        String meaning,
        List<String> sources,
        Optional<String> setting) {
    /** Copies the list. */
    public DescribedOption {
        sources = List.copyOf(sources);
    }

    /** What may be given, in one phrase: {@code a whole number of at least 1; 6 by default}. */
    public String takes() {
        String given = required
                ? "; must be given"
                : defaultValue.map(value -> "; " + value + " by default").orElse("");
        return range.orElse(type) + given + (deprecated ? "; deprecated" : "");
    }

    /** The meaning without what {@link #takes} says already. */
    String meaningBeside() {
        return defaultValue.isPresent() ? meaning.replaceFirst("; [^;.]{1,40} by default(?=\\.|;|$)", "") : meaning;
    }
}
