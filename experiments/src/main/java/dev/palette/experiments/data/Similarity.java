package dev.palette.experiments.data;

import dev.palette.experiments.data.Lexicon.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pairs of sentences about who did what to which thing, scored from 0 (nothing in common) to 5 (the same), in the layout of
 * STS-B: ten columns with a header.
 *
 * <p>The second sentence replaces all five content words of the first: some by a synonym, the others by the synonym of an
 * unrelated word. The score falls with every unrelated word, more for a noun or verb than for an adjective. How many words the
 * two sentences share is the same whatever the score. Each first sentence stands in six rows, with none to five unrelated
 * words.
 */
final class Similarity {
    private Similarity() {}

    /** The first line of a file. */
    static final String HEADER =
            "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore";

    /** A content word's place in the sentence and what an unrelated word there costs. */
    private record Place(List<Pair> choices, double cost) {}

    /** Two sentences and how alike they are. */
    private record Comparison(String sentence1, String sentence2, double score) {}

    /** Six rows for each of {@code groups} first sentences, none of which is in {@code taken}; they are added there. */
    static List<String> rows(Lexicon lexicon, int groups, Set<String> taken, Random random) {
        List<List<Comparison>> all = new ArrayList<>();
        while (all.size() < groups) {
            List<Comparison> group = group(places(lexicon.synonyms()), Scene.one(lexicon.pastTimes(), random), random);
            if (taken.add(group.get(0).sentence1())) {
                all.add(group);
            }
        }
        List<Comparison> shuffled = Rows.shuffled(all, random);
        return IntStream.range(0, shuffled.size())
                .mapToObj(i -> row(i, shuffled.get(i)))
                .toList();
    }

    private static List<Place> places(Lexicon.Synonyms synonyms) {
        return List.of(
                new Place(synonyms.moods(), 0.8),
                new Place(synonyms.people(), 1.1),
                new Place(synonyms.verbs(), 1.1),
                new Place(synonyms.fits(), 0.8),
                new Place(synonyms.things(), 1.1));
    }

    /** One first sentence with second sentences of none to five unrelated words. */
    private static List<Comparison> group(List<Place> places, String when, Random random) {
        List<Pair> meant = new ArrayList<>();
        List<Pair> unrelated = new ArrayList<>();
        for (Place place : places) {
            List<Pair> two = Scene.two(place.choices(), random);
            meant.add(two.get(0));
            unrelated.add(two.get(1));
        }
        boolean synonymsFirst = random.nextBoolean();
        String first = sentence(meant, synonymsFirst, when);
        List<Comparison> group = new ArrayList<>();
        for (int replaced = 0; replaced <= places.size(); replaced++) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, places.size()).boxed().toList());
            Collections.shuffle(order, random);
            List<Pair> second = new ArrayList<>(meant);
            double score = 5;
            for (int place : order.subList(0, replaced)) {
                second.set(place, unrelated.get(place));
                score -= places.get(place).cost();
            }
            group.add(new Comparison(first, sentence(second, !synonymsFirst, when), score));
        }
        return group;
    }

    private static String sentence(List<Pair> pairs, boolean synonyms, String when) {
        Object[] words = pairs.stream()
                .map(pair -> synonyms ? pair.synonym() : pair.word())
                .toArray();
        return "The %s %s %s the %s %s ".formatted(words) + when + ".";
    }

    private static String row(int index, Comparison comparison) {
        return "%d\tgenerated\tquickstart\t2026\t%d\tnone\tnone\t%s\t%s\t%s"
                .formatted(
                        index,
                        index,
                        comparison.sentence1(),
                        comparison.sentence2(),
                        String.format(Locale.ROOT, "%.3f", comparison.score()));
    }
}
