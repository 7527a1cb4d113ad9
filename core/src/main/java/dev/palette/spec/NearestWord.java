package dev.palette.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The "did you mean" of every message about an unknown name. */
public final class NearestWord {
    private NearestWord() {}

    /** The known word closest to {@code found} by edit distance, if one is close enough to be meant. */
    public static Optional<String> to(String found, Collection<String> known) {
        String wanted = found.toLowerCase(Locale.ROOT);
        int furthest = Math.max(2, found.length() / 2);
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .filter(word -> distance.apply(wanted, word.toLowerCase(Locale.ROOT)) <= furthest)
                .min(Comparator.<String, Integer>comparing(
                                word -> distance.apply(wanted, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * An error for a name nobody knows: {@code unknown adapter 'pall'; did you mean 'pal'? Known: lhuc, pal, shared.}
     *
     * @param kind what the name should have named, e.g. {@code "adapter"}
     */
    public static PaletteException unknown(String kind, String found, Collection<String> known) {
        String all = known.stream().sorted().collect(Collectors.joining(", "));
        String meant =
                to(found, known).map(word -> "; did you mean '" + word + "'?").orElse(".");
        return new PaletteException("unknown %s '%s'%s Known: %s.".formatted(kind, found, meant, all));
    }
}
