package dev.palette.experiments.data;

import dev.palette.experiments.data.Lexicon.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A word for every slot: who did what with which thing, where and when. {@code person2} is never
 * {@code person}, nor {@code name2} {@code name}.
 *
 * @param words slot name to its word or phrase
 */
record Scene(Map<String, String> words) {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");

    /** A scene drawn from the lexicon's words. */
    static Scene draw(Lexicon lexicon, Random random) {
        List<String> people = two(lexicon.people(), random);
        List<String> names = two(lexicon.names(), random);
        Action action = one(lexicon.actions(), random);
        return new Scene(Map.ofEntries(
                Map.entry("person", people.get(0)),
                Map.entry("person2", people.get(1)),
                Map.entry("name", names.get(0)),
                Map.entry("name2", names.get(1)),
                Map.entry("mood", one(lexicon.moods(), random)),
                Map.entry("deed", one(lexicon.deeds(), random)),
                Map.entry("place", one(lexicon.places(), random)),
                Map.entry("when", one(lexicon.pastTimes(), random)),
                Map.entry("soon", one(lexicon.futureTimes(), random)),
                Map.entry("gave", one(lexicon.givings(), random)),
                Map.entry("gift", one(lexicon.gifts(), random)),
                Map.entry("do", action.base()),
                Map.entry("did", action.past()),
                Map.entry("done", action.done()),
                Map.entry("fit", one(action.fits(), random)),
                Map.entry("thing", one(action.things(), random))));
    }

    /** The pattern with every slot filled, its first letter a capital. */
    String fill(String pattern) {
        String filled = SLOT.matcher(pattern).replaceAll(slot -> words.get(slot.group(1)));
        return filled.substring(0, 1).toUpperCase(Locale.ROOT) + filled.substring(1);
    }

    /** One of the choices, each as likely. */
    static <T> T one(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Two different ones of the choices. */
    static <T> List<T> two(List<T> choices, Random random) {
        List<T> rest = new ArrayList<>(choices);
        T first = rest.remove(random.nextInt(rest.size()));
        return List.of(first, one(rest, random));
    }
}
